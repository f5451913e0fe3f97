//! A long recording in the recorder's format, for benchmarks: a busy single-page app that is never left. Doesn't use
//! the library, so that other benchmarks can include this file.

/// `n` entries of one document, as texts numbered from 0.
pub fn sample(n: usize) -> Vec<String> {
    let mut out = vec![
        entry(0, r#""k":"page","what":"start","url":"https://acme.test/app","origin":1795383000000.5,"top":true"#),
        entry(1, r#""k":"sdk","what":"version","version":"2.2.119","account":{"apiKey":"K","autoconnect":true}"#),
        entry(2, r#""k":"call","id":0,"name":"init","args":[{"uniqueId":"ada@acme.example"}],"via":"fn","wait":false"#),
        entry(3, r#""k":"sock","what":"new","c":0,"url":"wss://data.upscope.io/session""#),
        entry(4, r#""k":"frame","dir":"in","c":0,"name":"youAre","data":["S1","c1"]"#),
    ];
    out.extend((out.len()..n).map(|i| entry(i, &body(i))));
    out.truncate(n);
    out
}

fn entry(n: usize, body: &str) -> String {
    format!(r#"{{"n":{n},"t":{},"task":{},{body}}}"#, n as f64 * 2.5, n / 3)
}

/// What a page repeats: an update, its changes, its frame, and regular events.
fn body(i: usize) -> String {
    let (call, user) = (i / 6 + 1, i / 6 % 7);
    let update = format!(
        r##"{{"uniqueId":"user-{user}@acme.example","identities":["User {user}","Acme"],"tags":["#VIP","#TRIAL"],"metadata":{{"plan":"pro","seats":{user},"page":"/orders/{i}"}}}}"##
    );
    match i % 6 {
        0 => format!(
            r#""k":"call","id":{call},"name":"updateConnection","args":[{update}],"at":{{"url":"https://acme.test/app.js","line":120,"col":9}},"via":"fn","wait":false,"in":null"#
        ),
        1 => format!(r#""k":"change","id":{call},"keys":{{"uniqueId":"user-{user}@acme.example"}}"#),
        2 => format!(r#""k":"frame","dir":"out","c":0,"name":"connectionUpdate","data":{update}"#),
        3 => r#""k":"frame","dir":"in","c":0,"name":"ping","count":4"#.to_owned(),
        4 => format!(r#""k":"store","area":"session","key":"integrationOpened","value":"{i}""#),
        _ => format!(r#""k":"page","what":"route","url":"https://acme.test/orders/{i}""#),
    }
}
