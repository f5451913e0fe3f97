//! The words of [`super`], in lowercase and without hyphens, underscores and blanks.

/// Names of pages and functions that log out, in the languages of the inspector.
pub const LOGOUT: &[&str] = &[
    "logout",
    "logoff",
    "signout",
    "signoff",
    "loggedout",
    "loggedoff",
    "signedout",
    "endsession",
    "sessionexpired",
    "sessiontimeout",
    "userlogout",
    "memberlogout",
    "clientlogout",
    "dologout",
    "singlelogout",
    "ssologout",
    "logoutservlet",
    "logoutaction",
    // Magento and WooCommerce.
    "logoutsuccess",
    "logoutsuccessful",
    "logoutcomplete",
    "postlogout",
    "logoutpage",
    "logoutcallback",
    "autologout",
    "forcelogout",
    "globallogout",
    "singlesignout",
    "logmeout",
    "sessionended",
    "customerlogout",
    // Spring Security before version 4.
    "jspringsecuritylogout",
    // ASP.NET Core, for identity providers.
    "signoutoidc",
    "signoutcallbackoidc",
    "abmelden",
    "abgemeldet",
    "ausloggen",
    "ausgeloggt",
    "deconnexion",
    "déconnexion",
    "sedeconnecter",
    "sedéconnecter",
    "deconnecter",
    "déconnecter",
    "cerrarsesion",
    "cerrarsesión",
    "salir",
    "encerrarsessao",
    "encerrarsessão",
    "terminarsessao",
    "terminarsessão",
    "sair",
    "desconectar",
    "ログアウト",
    "サインアウト",
    "ログオフ",
];

pub const LOGIN: &[&str] = &[
    "login",
    "logon",
    "signin",
    "signon",
    "wplogin",
    "anmelden",
    "connexion",
    "iniciarsesion",
    "iniciarsesión",
    "iniciarsessao",
    "iniciarsessão",
    "ログイン",
    "サインイン",
];

/// Words that also mean to approve, to unsubscribe, to enroll or to go out. In a path they count only near its
/// beginning.
pub const AMBIGUOUS: &[&str] = &["signoff", "abmelden", "anmelden", "salir", "sair", "desconectar"];

/// Names before an ambiguous word in a path about an account, with the languages and countries of these words.
pub const ACCOUNT: &[&str] = &[
    "account",
    "accounts",
    "auth",
    "user",
    "users",
    "member",
    "session",
    "konto",
    "cuenta",
    "conta",
    "meinkonto",
    "micuenta",
    "minhaconta",
    "dede",
    "deat",
    "dech",
    "eses",
    "esmx",
    "ptbr",
    "ptpt",
    "de",
    "at",
    "ch",
    "en",
    "us",
    "uk",
    "es",
    "mx",
    "pt",
    "br",
];

/// Pages on which visitors change their login or their name.
pub const SETTINGS: &[&str] =
    &["settings", "preferences", "profile", "einstellungen", "profil", "perfil", "ajustes", "edit"];

/// The servlet with which an administrator of Salesforce logs in as another user. It has no extension.
pub const SALESFORCE: &str = "servlet.su";

/// Names of functions with which staff view a site as a customer.
pub const IMPERSONATION: &[&str] = &[
    "impersonate",
    "impersonating",
    "impersonation",
    "impersonateuser",
    "impersonatecustomer",
    "impersonations",
    "impersonated",
    "impersonateduser",
    "impersonateduserid",
    "startimpersonating",
    "startimpersonation",
    "endimpersonation",
    "leaveimpersonation",
    "exitimpersonation",
    "unimpersonate",
    "stopimpersonate",
    "stopimpersonating",
    "stopimpersonation",
    "loginas",
    "loginasuser",
    "loginascustomer",
    "signinas",
    "switchuser",
    // The WordPress plug-in User Switching.
    "switchtouser",
    "switchtoolduser",
    "userswitched",
    "switchedback",
    SALESFORCE,
    "suorgadminid",
    "hijack",
    "masquerade",
    "masquerading",
    "unmasquerade",
    "actas",
    "viewas",
    "viewascustomer",
    "viewasuser",
    "onbehalfof",
    "becomeuser",
];

/// Pages about logging out, which don't log anyone out.
pub const HELP: &[&str] = &[
    "help",
    "hc",
    "docs",
    "documentation",
    "support",
    "faq",
    "kb",
    "knowledgebase",
    "article",
    "articles",
    "blog",
    "wiki",
    "guide",
    "guides",
    "manual",
    "tutorial",
    "tutorials",
    "hilfe",
    "aide",
    "ayuda",
    "ajuda",
    "reference",
    "apireference",
    "glossary",
    "tag",
    "tags",
    "changelog",
];

/// Pages that list events, whose parameters select some of them.
pub const LOGS: &[&str] = &[
    "log",
    "logs",
    "audit",
    "auditlog",
    "auditlogs",
    "auditing",
    "activity",
    "activities",
    "history",
    "events",
    "report",
    "reports",
    "search",
    "suche",
    "recherche",
    "buscar",
];

/// Names of the page of a folder.
pub const INDEX: &[&str] = &["index", "default"];

/// Parameters that name the action or the reason of a page.
pub const DOING: &[&str] = &[
    "action",
    "accion",
    "acao",
    "aktion",
    "func",
    "command",
    "error",
    // Zen Cart and CS-Cart.
    "mainpage",
    "dispatch",
    "fuseaction",
    "method",
    "do",
    "act",
    "a",
    "op",
    "mode",
    "cmd",
    "task",
    "event",
    "type",
    "page",
    "view",
    "route",
    "r",
    "reason",
    "status",
    "state",
    "msg",
    "message",
];

/// The parameter with which Drupal names its pages. Other sites use it for a search.
pub const SEARCHING: &str = "q";

/// Affirmative values of a parameter.
pub const YES: &[&str] = &["", "1", "true", "yes", "ok", "success"];
