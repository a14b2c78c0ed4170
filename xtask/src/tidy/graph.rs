//! Who may use whom: the workspace's packages, and what each must never know.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What one package may know. A package without a rule is a finding, so the table stays complete.
struct Rule {
    package: &'static str,
    /// Other packages of the workspace that it may use.
    may_use: &'static [&'static str],
    /// Never among its own dependencies.
    never: &'static [&'static str],
    /// Never anywhere below it either.
    never_below: &'static [&'static str],
}

const NETWORK: &[&str] =
    &["reqwest", "hyper", "oauth2", "axum", "tauri", "rusqlite", "libsqlite3-sys", "tokio"];

const PURE_NEVER: &[&str] = &["tokio", "reqwest", "rusqlite", "libsqlite3-sys", "tauri", "rand", "tracing"];

const RULES: &[Rule] = &[
    Rule { package: "wholechart-html", may_use: &[], never: &[], never_below: PURE_NEVER },
    Rule { package: "wholechart-fhir", may_use: &["wholechart-html"], never: &[], never_below: PURE_NEVER },
    Rule {
        package: "wholechart-ccda",
        may_use: &["wholechart-html", "wholechart-fhir"],
        never: &[],
        never_below: PURE_NEVER,
    },
    Rule { package: "wholechart-words", may_use: &["wholechart-fhir"], never: &[], never_below: PURE_NEVER },
    // Nothing of FHIR: it is compiled once more to build record.
    Rule { package: "wholechart-names", may_use: &[], never: &[], never_below: PURE_NEVER },
    Rule {
        package: "wholechart-record",
        may_use: &["wholechart-fhir", "wholechart-names"],
        never: &[],
        never_below: PURE_NEVER,
    },
    Rule {
        package: "wholechart-store",
        may_use: &["wholechart-record", "wholechart-fhir", "wholechart-ccda", "wholechart-html"],
        never: &[],
        never_below: &["reqwest", "hyper", "keyring", "keyring-core", "tauri"],
    },
    Rule {
        package: "wholechart-smart",
        may_use: &["wholechart-fhir"],
        never: &[],
        never_below: &["rusqlite", "libsqlite3-sys", "tauri", "keyring"],
    },
    Rule { package: "wholechart-import", may_use: &["wholechart-fhir"], never: &[], never_below: NETWORK },
    Rule {
        package: "wholechart-sync",
        may_use: &["wholechart-smart", "wholechart-store", "wholechart-record", "wholechart-fhir"],
        never: &["rusqlite", "reqwest"],
        never_below: &["tauri", "keyring"],
    },
    Rule { package: "wholechart-print", may_use: &[], never: &[], never_below: NETWORK },
    Rule {
        package: "wholechart-document",
        may_use: &["wholechart-html", "wholechart-fhir", "wholechart-ccda"],
        never: &[],
        never_below: NETWORK,
    },
    Rule {
        package: "wholechart-api",
        may_use: &[
            "wholechart-ccda",
            "wholechart-document",
            "wholechart-fhir",
            "wholechart-record",
            "wholechart-store",
            "wholechart-smart",
            "wholechart-import",
            "wholechart-sync",
            "wholechart-print",
            "wholechart-words",
        ],
        never: &["reqwest", "rusqlite", "oauth2"],
        never_below: &["tauri"],
    },
    Rule {
        package: "wholechart",
        may_use: &["wholechart-api", "wholechart-sandbox"],
        never: &["rusqlite", "reqwest", "oauth2"],
        never_below: &[],
    },
    Rule {
        package: "wholechart-cli",
        may_use: &["wholechart-api", "wholechart-sandbox"],
        never: &["rusqlite", "reqwest", "oauth2"],
        never_below: &["tauri"],
    },
    // Never record: the sandbox's truth must not be made by the rules that it judges.
    Rule {
        package: "wholechart-sandbox",
        may_use: &[],
        never: &[],
        never_below: &["tauri", "rusqlite", "libsqlite3-sys"],
    },
    Rule {
        package: "xtask",
        may_use: &[],
        never: &[],
        never_below: &["tauri", "tokio", "reqwest", "rusqlite"],
    },
];

/// The sandbox may serve anybody's tests, the catalogue of words those that judge screens by it, and the reader of clinical documents
/// those that are told something by one. (Except those that they would depend on in a circle, which cargo sees.)
const TEST_PEERS: &[&str] = &["wholechart-sandbox", "wholechart-words", "wholechart-ccda"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Compiled in, or needed to build.
    Use,
    /// Only for tests.
    Test,
}

/// What cargo says about packages, as far as the rules need it.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Workspace packages with what they declare.
    members: BTreeMap<String, Vec<(String, Kind)>>,
    /// Every package's id with its name and the ids it uses outside tests.
    uses: BTreeMap<String, (String, Vec<String>)>,
}

impl Graph {
    /// Reads `cargo metadata --format-version 1`.
    pub(super) fn read(metadata: &Value) -> Result<Graph, String> {
        let mut graph = Graph::default();
        let mut names = BTreeMap::new();
        for package in list(&metadata["packages"])? {
            names.insert(text(&package["id"])?, package);
        }
        for id in list(&metadata["workspace_members"])? {
            let package = names.get(text(id)?).ok_or("cargo metadata: a member without a package")?;
            let mut declared = Vec::new();
            for dependency in list(&package["dependencies"])? {
                let kind = if dependency["kind"].as_str() == Some("dev") { Kind::Test } else { Kind::Use };
                declared.push((text(&dependency["name"])?.to_owned(), kind));
            }
            graph.members.insert(text(&package["name"])?.to_owned(), declared);
        }
        for node in list(&metadata["resolve"]["nodes"])? {
            let id = text(&node["id"])?;
            let name = names.get(id).map_or(Ok(""), |package| text(&package["name"]))?;
            let mut uses = Vec::new();
            for dependency in list(&node["deps"])? {
                let kinds = list(&dependency["dep_kinds"])?;
                if kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev")) {
                    uses.push(text(&dependency["pkg"])?.to_owned());
                }
            }
            graph.uses.insert(id.to_owned(), (name.to_owned(), uses));
        }
        Ok(graph)
    }

    /// The names of everything below the package called `name`, tests left out.
    fn below(&self, name: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> =
            self.uses.iter().filter(|(_, (n, _))| n == name).map(|(id, _)| id).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = next.pop() {
            let Some((package, uses)) = self.uses.get(id) else { continue };
            if seen.insert(id) {
                if package != name {
                    found.insert(package.as_str());
                }
                next.extend(uses);
            }
        }
        found
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| "cargo metadata: a list is missing".to_owned())
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| "cargo metadata: a text is missing".to_owned())
}

/// Every dependency that breaks a rule.
pub(super) fn findings(graph: &Graph) -> Vec<String> {
    let mut findings = Vec::new();
    for (package, declared) in &graph.members {
        let Some(rule) = RULES.iter().find(|rule| rule.package == package) else {
            findings.push(format!("{package}: no rule says what it may use (xtask/src/tidy/graph.rs)"));
            continue;
        };
        for (dependency, kind) in declared {
            let ours = graph.members.contains_key(dependency);
            let for_tests = *kind == Kind::Test && TEST_PEERS.contains(&dependency.as_str());
            if ours && !for_tests && dependency != package && !rule.may_use.contains(&dependency.as_str()) {
                findings.push(format!("{package} must not use {dependency}"));
            }
            if *kind == Kind::Use && rule.never.contains(&dependency.as_str()) {
                findings.push(format!("{package} must never know {dependency}"));
            }
        }
        let below = graph.below(package);
        for name in rule.never_below.iter().filter(|name| below.contains(*name)) {
            findings.push(format!("{package} must never know {name}, not even through another package"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A package's name, and for each dependency its name and cargo's word for its kind.
    type Package<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)]);

    /// Metadata of packages; those named `wholechart…` are members of the workspace.
    fn graph(packages: &[Package<'_>]) -> Graph {
        let list: Vec<Value> = packages
            .iter()
            .map(|(name, dependencies)| {
                let dependencies: Vec<Value> =
                    dependencies.iter().map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
                json!({"id": name, "name": name, "dependencies": dependencies})
            })
            .collect();
        let nodes: Vec<Value> = packages
            .iter()
            .map(|(name, dependencies)| {
                let dependencies: Vec<Value> = dependencies
                    .iter()
                    .map(|(name, kind)| json!({"pkg": name, "dep_kinds": [{"kind": kind}]}))
                    .collect();
                json!({"id": name, "deps": dependencies})
            })
            .collect();
        let members: Vec<&str> =
            packages.iter().map(|(name, _)| *name).filter(|name| name.starts_with("wholechart")).collect();
        Graph::read(&json!({"packages": list, "workspace_members": members, "resolve": {"nodes": nodes}}))
            .unwrap()
    }

    #[test]
    fn what_the_design_allows_is_no_finding() {
        let graph = graph(&[
            ("wholechart-fhir", &[("serde", None)]),
            ("wholechart-record", &[("wholechart-fhir", None)]),
            ("wholechart-sandbox", &[("axum", None)]),
            ("wholechart-smart", &[("wholechart-fhir", None), ("wholechart-sandbox", Some("dev"))]),
            ("serde", &[]),
            ("axum", &[]),
        ]);
        assert_eq!(findings(&graph), Vec::<String>::new());
    }

    #[test]
    fn a_package_that_uses_a_peer_it_must_not_is_found() {
        let graph = graph(&[
            ("wholechart-sandbox", &[("wholechart-record", None)]),
            ("wholechart-record", &[("wholechart-sandbox", None)]),
        ]);
        assert_eq!(
            findings(&graph),
            [
                "wholechart-record must not use wholechart-sandbox",
                "wholechart-sandbox must not use wholechart-record"
            ]
        );
    }

    #[test]
    fn a_forbidden_crate_is_found_through_another_package() {
        let graph = graph(&[
            ("wholechart-fhir", &[("innocent", None)]),
            ("innocent", &[("tokio", None)]),
            ("tokio", &[]),
        ]);
        assert_eq!(
            findings(&graph),
            ["wholechart-fhir must never know tokio, not even through another package"]
        );
    }

    #[test]
    fn a_crate_that_only_tests_use_is_allowed() {
        let graph = graph(&[("wholechart-fhir", &[("tokio", Some("dev"))]), ("tokio", &[])]);
        assert_eq!(findings(&graph), Vec::<String>::new());
    }

    #[test]
    fn the_shell_may_not_speak_sql_itself() {
        let graph = graph(&[("wholechart", &[("rusqlite", None)]), ("rusqlite", &[])]);
        assert_eq!(findings(&graph), ["wholechart must never know rusqlite"]);
    }

    #[test]
    fn a_package_without_a_rule_is_found() {
        let findings = findings(&graph(&[("wholechart-new", &[])]));
        assert!(findings[0].starts_with("wholechart-new: no rule"), "{findings:?}");
    }
}
