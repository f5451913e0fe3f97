//! Sibling modules have no cyclic imports. A name that a module re-exports counts for the file that defines it. Names
//! behind a `*` and methods are not followed.
//!
//! A module includes its children and the items of its parent. So a parent and its child may use each other: a `mod.rs`
//! declares what its children share, and uses them.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::paths::{code, first_name, items};

/// The folders with source code.
const ROOTS: [&str; 5] = ["core/src", "cli/src", "launch/src", "xtask/src", "src"];

/// A module by the names from the root of its crate, which comes first: `["core/src", "checks", "facts"]`.
type Module = Vec<String>;

/// One sentence for each module whose children have a cycle.
pub fn check(sources: &[Source]) -> Vec<String> {
    let modules = Modules::read(sources);
    let mut graphs: BTreeMap<&[String], BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    let uses = modules.uses();
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

/// The modules of all crates: their code, and what they import.
struct Modules {
    codes: BTreeMap<Module, String>,
    imports: BTreeMap<Module, Vec<Path>>,
}

impl Modules {
    fn read(sources: &[Source]) -> Self {
        let production = |text: &str| code(text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default());
        let codes: BTreeMap<_, _> =
            sources.iter().filter_map(|(path, text)| Some((module(path)?, production(text)))).collect();
        let imports = codes.iter().map(|(module, code)| (module.clone(), imports(code)));
        Self { imports: imports.collect(), codes }
    }

    /// Each module with every module that it uses.
    fn uses(&self) -> Vec<(&Module, Module)> {
        let uses = self.codes.iter().flat_map(|(from, code)| used(code).into_iter().map(move |path| (from, path)));
        let mut all = Vec::new();
        for (from, path) in uses {
            let mut found = Vec::new();
            self.follow(from, &path.names, &mut found);
            all.extend(found.into_iter().map(|to| (from, to)));
        }
        all
    }

    /// Resolves the path `names` in the module `from`: adds the module that its last name is looked up in and, if that
    /// one imports the name, the modules along the way to its definition.
    fn follow(&self, from: &Module, names: &[String], found: &mut Vec<Module>) {
        let mut at = from.clone();
        let mut names = names.iter();
        let name = loop {
            let Some(name) = names.next() else { break None };
            match name.as_str() {
                "crate" => at.truncate(1),
                "super" => drop(at.pop()),
                "self" => {}
                _ => match self.child(&at, name) {
                    Some(child) => at = child,
                    None => break Some(name),
                },
            }
        };
        // Imports that lead back to a module don't compile.
        if found.contains(&at) {
            return;
        }
        found.push(at.clone());
        let import = name.and_then(|name| self.imports.get(&at)?.iter().find(|path| path.is_called(name)));
        // A path that begins with neither of the keywords nor a child is that of another crate.
        let is_local = |path: &&Path| path.is_absolute() || self.child(&at, &path.names[0]).is_some();
        if let Some(import) = import.filter(is_local) {
            let names: Vec<_> = import.names.iter().chain(names).cloned().collect();
            self.follow(&at, &names, found);
        }
    }

    fn child(&self, module: &Module, name: &str) -> Option<Module> {
        let child = [&module[..], &[name.to_owned()]].concat();
        self.codes.contains_key(&child).then_some(child)
    }
}

/// The module of a file; `None` for programs and tests.
fn module(path: &str) -> Option<Module> {
    let root = ROOTS.into_iter().find(|root| path.starts_with(&format!("{root}/")))?;
    let mut names: Vec<_> = path[root.len() + 1..].strip_suffix(".rs")?.split('/').collect();
    if names[0] == "bin" || names.contains(&"tests") {
        return None;
    }
    names.pop_if(|last| matches!(*last, "lib" | "main" | "mod"));
    Some([root].into_iter().chain(names).map(str::to_owned).collect())
}

/// A path such as `super::a::B as C`.
struct Path {
    /// `super`, `a`, `B`.
    names: Vec<String>,
    /// `C`.
    alias: Option<String>,
}

impl Path {
    /// Whether an import of the path has this name.
    fn is_called(&self, name: &str) -> bool {
        self.alias.as_ref().or(self.names.last()).is_some_and(|own| own == name)
    }

    fn is_absolute(&self) -> bool {
        matches!(self.names[0].as_str(), "crate" | "super" | "self")
    }
}

/// The paths in `code` that begin with `crate` or `super`.
fn used(code: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if !before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':')) {
                expand(&[], &code[at..], &mut found);
            }
        }
    }
    found
}

/// The paths of the `use` declarations in `code`, except those within functions.
fn imports(code: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for (at, word) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap_or_default();
        if before.is_empty() || before == "pub " || (before.starts_with("pub(") && before.ends_with(") ")) {
            expand(&[], &code[at + word.len()..], &mut found);
        }
    }
    found
}

/// Adds the path that `text` begins with after the names `before`, or each one in `{…}`.
fn expand(before: &[String], text: &str, found: &mut Vec<Path>) {
    if let Some(group) = text.strip_prefix('{') {
        items(group).into_iter().for_each(|item| expand(before, item, found));
        return;
    }
    let (name, rest) = first_name(text);
    let mut names = before.to_vec();
    // `a::{self}` is `a`, and `a::*` counts as `a`.
    if !name.is_empty() && (name != "self" || before.is_empty()) {
        names.push(name.to_owned());
    }
    match rest.strip_prefix("::") {
        Some(rest) => expand(&names, rest, found),
        None => {
            let alias = rest.strip_prefix(" as ").map(|rest| first_name(rest).0.to_owned());
            found.push(Path { names, alias });
        }
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
    fn a_re_exported_name_counts_for_the_file_that_defines_it() {
        let page = ("src/app/page.rs", "use super::{Node, LIMIT};");
        let node = ("src/app/node.rs", "use super::page::Page;");
        for (parent, circle) in [
            ("mod node;\npub use node::Node;", "node → page → node"),
            ("use node::{Leaf, Tree as Node};", "node → page → node"),
            ("pub(crate) use self::node::Node;", "node → page → node"),
            ("pub use crate::app::node::{self, Node};", "node → page → node"),
        ] {
            let problems = problems(&[("src/app/mod.rs", parent), page, node]);
            assert_eq!(problems, [format!("src/app: modules use each other in a circle: {circle}")], "{parent}");
        }
        for parent in
            ["pub struct Node;", "use other::Node;", "fn f() {\n    use node::Node;\n}", "use node::Node as Leaf;"]
        {
            assert_eq!(problems(&[("src/app/mod.rs", parent), page, node]), [] as [&str; 0], "{parent}");
        }
    }

    #[test]
    fn a_name_may_be_re_exported_more_than_once() {
        let files = [
            ("src/app/mod.rs", "pub use view::Row;"),
            ("src/app/view/mod.rs", "pub use super::list::Row;"),
            ("src/app/list.rs", "use super::page::Page;"),
            ("src/app/page.rs", "use super::Row;"),
        ];
        assert_eq!(problems(&files), ["src/app: modules use each other in a circle: list → page → list"]);
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
