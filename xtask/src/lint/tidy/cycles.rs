//! Sibling modules have no cyclic imports. A module includes its children and the items of its parent: a child may use
//! what its parent declares.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::paths::{code, items};

/// The folders with source code.
const ROOTS: [&str; 5] = ["core/src", "cli/src", "launch/src", "xtask/src", "src"];

/// A module by the names from the root of its crate, which comes first: `["core/src", "checks", "facts"]`.
type Module = Vec<String>;

/// One sentence for each module whose children have a cycle.
pub fn check(sources: &[Source]) -> Vec<String> {
    let modules: BTreeMap<Module, &str> =
        sources.iter().filter_map(|(path, text)| Some((module(path)?, text.as_str()))).collect();
    let mut graphs: BTreeMap<&[String], BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    let uses: Vec<(&Module, Module)> = modules
        .iter()
        .flat_map(|(from, text)| used(from, text, &modules).into_iter().map(move |to| (from, to)))
        .collect();
    for (from, to) in &uses {
        let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        if let (Some(a), Some(b)) = (from.get(common), to.get(common)) {
            graphs.entry(&from[..common]).or_default().entry(a).or_default().insert(b);
        }
    }
    let circles = graphs.iter().filter_map(|(parent, graph)| Some((parent.join("/"), circle(graph)?)));
    circles
        .map(|(parent, circle)| format!("{parent}: modules use each other in a circle: {}", circle.join(" → ")))
        .collect()
}

/// The module of a file; `None` for programs, tests and modules only for tests.
fn module(path: &str) -> Option<Module> {
    let root = ROOTS.into_iter().find(|root| path.starts_with(&format!("{root}/")))?;
    let mut names: Vec<_> = path[root.len() + 1..].strip_suffix(".rs")?.split('/').collect();
    if names[0] == "bin" || names.iter().any(|name| matches!(*name, "tests" | "fixture")) {
        return None;
    }
    names.pop_if(|last| matches!(*last, "lib" | "main" | "mod"));
    Some([root].into_iter().chain(names).map(str::to_owned).collect())
}

/// The modules of the paths in `text`.
fn used(from: &Module, text: &str, modules: &BTreeMap<Module, &str>) -> Vec<Module> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code = code(text);
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':')) {
                continue;
            }
            let mut base = if start == "crate::" { from[..1].to_vec() } else { from.clone() };
            let mut rest = &code[at..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            let rest = rest.strip_prefix("crate::").unwrap_or(rest);
            follow(&base, rest, modules, &mut found);
        }
    }
    found
}

/// Resolves a path, or each one in `{…}`, from `base`, as far as it names modules.
fn follow(base: &Module, path: &str, modules: &BTreeMap<Module, &str>, found: &mut Vec<Module>) {
    if let Some(group) = path.strip_prefix('{') {
        items(group).into_iter().for_each(|item| follow(base, item, modules, found));
        return;
    }
    let length = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(path.len());
    let mut next = base.clone();
    next.push(path[..length].to_owned());
    match path[length..].strip_prefix("::") {
        _ if !modules.contains_key(&next) => found.push(base.clone()),
        Some(rest) => follow(&next, rest, modules, found),
        None => found.push(next),
    }
}

/// A shortest cycle through a module, if there is one.
fn circle(graph: &BTreeMap<&str, BTreeSet<&str>>) -> Option<Vec<String>> {
    let ways = graph.keys().filter_map(|start| {
        let mut ways = vec![vec![*start]];
        let mut seen = BTreeSet::new();
        while let Some(way) = (!ways.is_empty()).then(|| ways.remove(0)) {
            for next in graph.get(way.last()?).into_iter().flatten() {
                let longer: Vec<_> = way.iter().copied().chain([*next]).collect();
                if next == start {
                    return Some(longer);
                }
                if seen.insert(*next) {
                    ways.push(longer);
                }
            }
        }
        None
    });
    let shortest = ways.min_by_key(Vec::len)?;
    Some(shortest.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        check(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_circle_is_named_with_its_way() {
        let c = ("core/src/c/deep.rs", "use super::super::a::{self, A};");
        let files = [
            ("core/src/a.rs", "use crate::{\n    b::{B, C},\n};"),
            ("core/src/b/mod.rs", "fn f(x: crate::c::D) {}"),
            c,
        ];
        assert_eq!(problems(&files), [] as [&str; 0], "without `c` there is nothing to lead to");
        let files: Vec<_> = files.into_iter().chain([("core/src/c/mod.rs", "")]).collect();
        assert_eq!(problems(&files), ["core/src: modules use each other in a circle: a → b → c → a"]);
    }

    #[test]
    fn every_crate_counts() {
        for root in ROOTS {
            let file = |name: &str, text: &str| (format!("{root}/{name}.rs"), text.to_owned());
            let two = [file("a", "use crate::b::B;"), file("b", "use crate::a::A;")];
            assert_eq!(check(&two), [format!("{root}: modules use each other in a circle: a → b → a")]);
        }
    }

    #[test]
    fn siblings_in_a_folder_count_and_their_parent_does_not() {
        let parent = ("src/app/mod.rs", "mod a;\nuse a::A;");
        assert_eq!(problems(&[parent, ("src/app/a.rs", "use super::B;\nuse super::tests::X;")]), [] as [&str; 0]);
        let two = [parent, ("src/app/a.rs", "use super::b::B;"), ("src/app/b.rs", "use super::a::A;")];
        assert_eq!(problems(&two), ["src/app: modules use each other in a circle: a → b → a"]);
    }

    #[test]
    fn comments_and_tests_do_not_count() {
        let test = "#[cfg(test)]\nmod tests {\n    use crate::b::B;\n}";
        assert_eq!(
            problems(&[("src/app/a.rs", "//! [`super::b`]"), ("src/app/b.rs", "use super::a::A;")]),
            [] as [&str; 0]
        );
        assert_eq!(problems(&[("core/src/a.rs", test), ("core/src/b.rs", "use crate::a::A;")]), [] as [&str; 0]);
    }
}
