//! No files of the source that use each other in a circle, found in their own `use` declarations and paths.

use crate::support::repository;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::{Attribute, File, Item, UseTree, Visibility};

/// The names of a module, from the root of the crate.
type Module = Vec<String>;

/// A file of the source.
#[derive(Default)]
struct SourceFile {
    /// The paths of its declarations that are its own business.
    uses: Vec<Module>,
    /// What it offers under its own name, and where that comes from.
    re_exports: BTreeMap<String, Module>,
    /// The paths in its code.
    paths: Vec<Module>,
    /// All names in its code.
    names: BTreeSet<String>,
}

/// The files of the library or of the program, by their modules, but for the one that lists these.
fn files(root: &Path, is_wanted: impl Fn(&Module) -> bool) -> BTreeMap<Module, SourceFile> {
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let paths = walk.map(|entry| entry.expect("the sources can be read").into_path());
    let modules: BTreeMap<Module, _> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let below = path.strip_prefix(root).expect("the walk stays below").with_extension("");
            let mut module: Module = below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
            module.retain(|name| name != "mod");
            (module, path)
        })
        .filter(|(module, _)| is_wanted(module))
        .collect();
    let names: BTreeSet<Module> = modules.keys().cloned().collect();
    let read = |(module, path): (Module, _)| {
        let text = fs::read_to_string(path).expect("sources are UTF-8");
        let file = syn::parse_file(&text).expect("the sources are Rust");
        let read = SourceFile::read(&file, &module, &names);
        (module, read)
    };
    modules.into_iter().map(read).collect()
}

impl SourceFile {
    fn read(file: &File, module: &Module, modules: &BTreeSet<Module>) -> Self {
        let mut found = Self::default();
        for item in file.items.iter().filter(|item| !is_test(item)) {
            match item {
                Item::Use(declaration) => {
                    let mut paths = Vec::new();
                    flatten(&declaration.tree, &mut Vec::new(), &mut paths);
                    for (name, path) in paths {
                        let path = absolute(&path, module, modules);
                        match declaration.vis {
                            Visibility::Inherited => found.uses.push(path),
                            _ => _ = found.re_exports.insert(name, path),
                        }
                    }
                }
                Item::Mod(declaration) if declaration.content.is_none() => {}
                item => found.scan(item.to_token_stream(), module, modules),
            }
        }
        found
    }

    /// Takes up the paths and names of code, in macros too.
    fn scan(&mut self, code: TokenStream, module: &Module, modules: &BTreeSet<Module>) {
        let mut path: Module = Vec::new();
        let mut colons = 0;
        let tokens = code.into_iter().map(Some).chain([None]);
        for token in tokens {
            match token {
                Some(TokenTree::Punct(mark)) if mark.as_char() == ':' && colons < 2 => colons += 1,
                Some(TokenTree::Ident(name)) if colons == 2 || path.is_empty() => {
                    self.names.insert(name.to_string());
                    path.push(name.to_string());
                    colons = 0;
                }
                token => {
                    let ended = std::mem::take(&mut path);
                    colons = 0;
                    let is_child =
                        |name: &String| modules.contains(&[&module[..], std::slice::from_ref(name)].concat());
                    if ended.len() > 1
                        && (matches!(ended[0].as_str(), "crate" | "super" | "self") || is_child(&ended[0]))
                    {
                        self.paths.push(absolute(&ended, module, modules));
                    }
                    match token {
                        Some(TokenTree::Group(group)) => self.scan(group.stream(), module, modules),
                        Some(TokenTree::Ident(name)) => {
                            self.names.insert(name.to_string());
                            path.push(name.to_string());
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

fn is_test(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    };
    attributes.iter().any(|attribute| attribute.to_token_stream().to_string().contains("cfg (test)"))
}

/// The paths of a declaration, each with the name that it gives.
fn flatten(tree: &UseTree, before: &mut Module, paths: &mut Vec<(String, Module)>) {
    let with = |name: &dyn ToString| before.iter().cloned().chain([name.to_string()]).collect::<Module>();
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, paths);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, paths)),
        UseTree::Name(name) if name.ident == "self" => {
            paths.push((before.last().cloned().unwrap_or_default(), before.clone()));
        }
        UseTree::Name(name) => paths.push((name.ident.to_string(), with(&name.ident))),
        UseTree::Rename(rename) => paths.push((rename.rename.to_string(), with(&rename.ident))),
        UseTree::Glob(_) => paths.push(("*".to_owned(), before.clone())),
    }
}

/// A path from the root of the crate; what comes from another crate begins with nothing.
fn absolute(path: &[String], module: &Module, modules: &BTreeSet<Module>) -> Module {
    let supers = path.iter().take_while(|name| *name == "super").count();
    let above = module.len().saturating_sub(supers);
    match path[0].as_str() {
        "crate" => path[1..].to_vec(),
        "self" => [&module[..], &path[1..]].concat(),
        "super" => [&module[..above], &path[supers..]].concat(),
        _ if modules.contains(&[&module[..], &path[..1]].concat()) => [&module[..], path].concat(),
        _ => vec![String::new()],
    }
}

/// The file that a path leads to, through whatever is offered under another name.
fn resolve(path: &Module, files: &BTreeMap<Module, SourceFile>) -> Option<Module> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    match rest.first().and_then(|name| files[module].re_exports.get(name)) {
        Some(origin) => resolve(&[&origin[..], &rest[1..]].concat(), files),
        None => Some(module.to_vec()),
    }
}

/// The files that each file uses.
fn uses(files: &BTreeMap<Module, SourceFile>) -> BTreeMap<Module, BTreeSet<Module>> {
    let of = |(module, file): (&Module, &SourceFile)| {
        let offered = file.re_exports.iter().filter(|(name, _)| file.names.contains(*name)).map(|(_, path)| path);
        let paths = file.uses.iter().chain(&file.paths).chain(offered);
        let used = paths.filter_map(|path| resolve(path, files)).filter(|used| used != module).collect();
        (module.clone(), used)
    };
    files.iter().map(of).collect()
}

/// A circle that a file is in: the files on the way back to it.
fn circle(from: &Module, uses: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    let mut ways = vec![vec![from.clone()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for used in &uses[way.last().expect("a way begins somewhere")] {
            if used == from {
                return Some(way);
            }
            if seen.insert(used) {
                ways.push([&way[..], std::slice::from_ref(used)].concat());
            }
        }
    }
    None
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let root = repository().join("src");
    let is_root = |module: &Module| ["lib", "main"].contains(&module[0].as_str());
    let files = files(&root, |module| !is_root(module));
    assert!(files.len() > 150, "there are only {} files", files.len());
    let uses = uses(&files);
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 1000, "hardly any file uses another");
    let shown = |circle: Vec<Module>| circle.iter().map(|module| module.join("/")).collect::<Vec<_>>().join(" → ");
    let circles: Vec<String> = uses.keys().filter_map(|module| circle(module, &uses)).map(shown).collect();
    assert!(circles.is_empty(), "circles:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found() {
    let parse = |text: &str| syn::parse_file(text).expect("it is Rust");
    let texts = [
        (vec!["a".to_owned()], "pub use b::B; mod b; mod c;"),
        (vec!["a".to_owned(), "b".to_owned()], "pub struct B; fn f() { let _ = format!(\"{}\", super::c::C); }"),
        (vec!["a".to_owned(), "c".to_owned()], "use crate::a::{B as Other}; pub const C: u8 = 0;"),
    ];
    let modules: BTreeSet<Module> = texts.iter().map(|(module, _)| module.clone()).collect();
    let read = |(module, text): &(Module, &str)| (module.clone(), SourceFile::read(&parse(text), module, &modules));
    let uses = uses(&texts.iter().map(read).collect());
    let [a, b, c] = texts.map(|(module, _)| module);
    assert_eq!(circle(&a, &uses), None);
    assert_eq!(circle(&b, &uses), Some(vec![b, c]));
}
