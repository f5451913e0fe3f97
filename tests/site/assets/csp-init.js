// Without a loader there are no account settings, so `init` has everything, as with the npm package.
window.Upscope("init", { apiKey: "demoAcme01", uniqueId: "cust-1042", identities: ["Ada Marsh"], tags: ["#VIP"] });
