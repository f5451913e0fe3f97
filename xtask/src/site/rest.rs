//! The REST API, cloud (`/v1.3/…`, `/v1.2/…`, `/v1.1/…`) and on-premise (`/api/…`), according to the vendor's
//! documentation. It serves the visitors of the sockets. Guesses about undocumented behavior are marked.

mod query;
mod shape;
mod state;

use serde_json::{Value, json};

use super::Shared;
use super::content::Answer;
use super::http::Request;
use super::record::{Record, WatchRequest};
use super::visitor::Visitor;
use shape::Shape;
pub use state::{REST_KEY, RestAnswer};
pub(super) use state::{Rest, Treatment};

/// The number of visitors in a list if the request has no number: a guess.
const LISTED: usize = 25;

/// More than any reasonable response, in bytes.
const HUGE: usize = 8 << 20;

/// What is requested.
enum ApiRequest<'a> {
    Usage,
    List { search: String, most: usize },
    One { short_id: &'a str },
    Watch { short_id: &'a str },
}

/// Answers a request to an API. `None` if it isn't one, or gets no response.
pub(super) fn answer(shared: &Shared, request: &Request) -> Option<Answer> {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let (shape, rest) = Shape::of(path)?;
    let answer = match shared.rest.next() {
        Treatment::Answer => proper(shared, request, shape, rest, query),
        Treatment::Fault(RestAnswer::WatchLimit) if request.method == "GET" => {
            proper(shared, request, shape, rest, query)
        }
        Treatment::Fault(fault) => faulty(&fault, request),
        Treatment::Gone => return Some(Answer::json(&Value::Null).cut_off()),
        Treatment::CutOff => proper(shared, request, shape, rest, query).cut_off(),
    };
    Some(answer)
}

fn proper(shared: &Shared, request: &Request, shape: Shape, path: &str, query: &str) -> Answer {
    let key = request.header(shape.key_header());
    if !shared.rest.takes(key) {
        return error(401, "invalid_api_key");
    }
    let Some(wanted) = wanted(&request.method, shape, path, query) else {
        return error(404, "not_found");
    };
    let unknown = || error(404, "visitor_not_found");
    match wanted {
        ApiRequest::Usage => Answer::json(&json!({"status": "ok", "usage": {"visitors": 1, "agents": 1}})),
        ApiRequest::List { search, most } => {
            let found = shared.records.read(|record| list(record, shape, &search, most));
            Answer::json(&json!({"status": "ok", "visitors": found}))
        }
        ApiRequest::One { short_id } => {
            let found = shared.records.read(|record| record.visitor(short_id).map(|visitor| shape.write(visitor)));
            found.map_or_else(unknown, |visitor| Answer::json(&json!({"status": "ok", "visitor": visitor})))
        }
        ApiRequest::Watch { short_id } => {
            if shared.records.read(|record| record.visitor(short_id).is_none()) {
                return unknown();
            }
            let body = serde_json::from_str(&request.body).unwrap_or_default();
            let asked = WatchRequest { short_id: short_id.to_owned(), body };
            shared.records.change(|record| record.watch_requests.push(asked));
            let address = format!("http://{}/watching.html?visitor={short_id}&token=one-time", request.host);
            Answer::json(&json!({"watch_url": address}))
        }
    }
}

/// Parses a path relative to the base. On-premise has neither usage nor watch URLs.
fn wanted<'a>(method: &str, shape: Shape, path: &'a str, query: &str) -> Option<ApiRequest<'a>> {
    let parameter = |name: &str| query::parameter(query, name);
    let most = parameter("max_results").and_then(|text| text.parse().ok()).unwrap_or(LISTED);
    let list = |search: Option<String>| Some(ApiRequest::List { search: search.unwrap_or_default(), most });
    let one = |name: &'a str| Some(ApiRequest::One { short_id: name.strip_suffix(".json").unwrap_or(name) });
    let parts: Vec<&str> = path.split('/').collect();
    match (method, shape, parts.as_slice()) {
        ("GET", Shape::OnPremise, ["visitors", "list", "latest"]) => list(None),
        ("GET", Shape::OnPremise, ["visitors", "list", "search"]) => list(parameter("q")),
        ("GET", Shape::OnPremise, ["visitors", name]) => one(name),
        ("GET", Shape::Cloud { .. }, ["usage"]) => Some(ApiRequest::Usage),
        ("GET", Shape::Cloud { .. }, ["list"]) => list(parameter("search")),
        ("GET", Shape::Cloud { .. }, ["visitors", name]) => one(name),
        ("POST", Shape::Cloud { .. }, ["visitors", short_id, "watch_url"]) => Some(ApiRequest::Watch { short_id }),
        _ => None,
    }
}

/// The latest first.
fn list(record: &Record, shape: Shape, search: &str, most: usize) -> Vec<Value> {
    let found = record.visitors.iter().rev().filter(|visitor: &&Visitor| query::matches(visitor, search));
    found.take(most).map(|visitor| shape.write(visitor)).collect()
}

fn error(status: u16, name: &str) -> Answer {
    Answer::json(&json!({"status": "error", "error": name})).with_status(status)
}

fn faulty(fault: &RestAnswer, request: &Request) -> Answer {
    let malformed = json!({"status": "ok", "visitor": [1], "visitors": {"short_id": {}}, "usage": "many"});
    match fault {
        RestAnswer::Error { status, error: name } => error(*status, name),
        RestAnswer::RateLimited { retry_after } => {
            let answer = error(429, "rate_limited");
            retry_after.map_or(answer.clone(), |seconds| answer.with_header("Retry-After", seconds.to_string()))
        }
        RestAnswer::WatchLimit => error(402, "over_limit"),
        RestAnswer::Huge => Answer::json(&json!({"status": "ok", "visitor": {"unique_id": "x".repeat(HUGE)}})),
        RestAnswer::NotJson => Answer::text(200, "<!doctype html><title>Sign in</title>"),
        // Another host name of this machine. A key that follows the redirect is leaked.
        RestAnswer::Redirect => {
            let other = request.host.replace("127.0.0.1", "localhost");
            Answer::text(302, "").with_header("Location", format!("http://{other}/elsewhere"))
        }
        RestAnswer::Malformed | RestAnswer::Normal | RestAnswer::NoResponse | RestAnswer::CutOff => {
            Answer::json(&malformed)
        }
    }
}

#[cfg(test)]
mod tests;
