//! Looking for a newer version: off at first, and what is not signed, not newer or not whole changes nothing.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};
use minisign::KeyPair;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;
use wholechart_api::{ApiError, App, Config, Event, Host, Reader, UpdateSource, dispatch};

use crate::host::Quiet;

const DEB: &str = "linux-x86_64-deb";
const FILE: &str = "wholechart_99.0.0_amd64.deb";
const PACKAGE: &[u8] = b"the package of a newer version";

/// A server on this computer that has what lies on it, and remembers what it was asked for.
#[derive(Clone, Default)]
struct Publisher {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Publisher {
    /// The address of its notice.
    fn start(&self) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let publisher = self.clone();
        thread::spawn(move || {
            for caller in listener.incoming() {
                let Ok(mut caller) = caller else { continue };
                let mut lines = BufReader::new(&caller).lines().map_while(Result::ok);
                let path = lines.next().unwrap_or_default();
                let path = path.split(' ').nth(1).unwrap_or_default().to_owned();
                for line in lines {
                    if line.is_empty() {
                        break;
                    }
                }
                let found = publisher.files.lock().unwrap().get(&path).cloned();
                publisher.asked.lock().unwrap().push(path);
                let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
                let body = found.unwrap_or_default();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // Who asked may have gone when too much came.
                drop(caller.write_all(&[head.as_bytes(), &body].concat()));
            }
        });
        format!("http://{address}/wholechart/newest.json").parse().unwrap()
    }

    fn lay(&self, name: &str, bytes: &[u8]) {
        self.files.lock().unwrap().insert(format!("/wholechart/{name}"), bytes.to_vec());
    }

    fn take_away(&self, name: &str) {
        self.files.lock().unwrap().remove(&format!("/wholechart/{name}"));
    }

    /// A notice, signed with a key.
    fn publish(&self, notice: &Value, key: &KeyPair) {
        let bytes = notice.to_string();
        let signature = minisign::sign(None, &key.sk, bytes.as_bytes(), None, None).unwrap().to_string();
        self.lay("newest.json", bytes.as_bytes());
        self.lay("newest.json.minisig", signature.as_bytes());
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// A host whose build knows where to look, and whose time passes.
struct Built {
    source: Option<UpdateSource>,
    downloads: PathBuf,
    ahead: Mutex<TimeDelta>,
}

impl Host for Built {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Quiet.save_file(name, bytes)
    }

    fn update_source(&self) -> Option<UpdateSource> {
        self.source.clone()
    }

    fn package_kind(&self) -> String {
        DEB.to_owned()
    }

    fn downloads(&self) -> Option<PathBuf> {
        Some(self.downloads.clone())
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Quiet.now() + *self.ahead.lock().unwrap()
    }
}

async fn open(host: Arc<Built>, folder: &Path) -> Arc<App> {
    let config = Config {
        data_dir: folder.join("record"),
        profile: "test".to_owned(),
        // The publisher is on this computer, which is asked in sample mode only.
        sample: true,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: BTreeMap::new(),
        keychain: None,
        passphrase: Some("six plain words for a test".into()),
        locale: None,
        region: None,
        reader: Reader::here(),
    };
    let app = App::new(host, config).unwrap();
    ask(&app, "appState", json!({})).await.unwrap();
    app.settle().await;
    app
}

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Result<Value, ApiError> {
    dispatch(app, command, args).await
}

fn notice(version: &str) -> Value {
    json!({
        "version": version, "day": "2026-06-30", "changes": {"en": ["Opens faster."]},
        "packages": [{"system": DEB, "file": FILE, "size": PACKAGE.len(), "sha256": hex::encode(Sha256::digest(PACKAGE))}],
    })
}

fn left(downloads: &Path) -> usize {
    std::fs::read_dir(downloads).unwrap().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_knows_nobody_to_ask_asks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let host =
        Built { source: None, downloads: folder.path().to_owned(), ahead: Mutex::new(TimeDelta::zero()) };
    let app = open(Arc::new(host), folder.path()).await;
    let view = ask(&app, "setUpdates", json!({"on": true})).await.unwrap();
    assert_eq!(
        (&view["canLook"], &view["host"], &view["found"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    assert!(view["releases"].as_str().unwrap().ends_with("/releases"), "{view}");
    let refused = ask(&app, "lookForUpdate", json!({})).await.unwrap_err();
    assert!(refused.message.contains("does not look for newer versions"), "{refused:?}");
    app.look_for_update_when_due().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_is_told_and_downloaded_only_if_it_is_signed_whole_and_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let downloads = folder.path().join("downloads");
    std::fs::create_dir(&downloads).unwrap();
    let (publisher, key) = (Publisher::default(), KeyPair::generate_unencrypted_keypair().unwrap());
    let other = KeyPair::generate_unencrypted_keypair().unwrap();
    let source = UpdateSource { address: publisher.start(), keys: key.pk.to_base64() };
    let host = Arc::new(Built {
        source: Some(source),
        downloads: downloads.clone(),
        ahead: Mutex::new(TimeDelta::zero()),
    });
    let app = open(Arc::clone(&host), folder.path()).await;
    let look = || ask(&app, "lookForUpdate", json!({}));
    publisher.publish(&notice("99.0.0"), &key);

    // Off: nobody is asked, whoever presses and however long it is.
    let view = ask(&app, "updates", json!({})).await.unwrap();
    assert_eq!((&view["canLook"], &view["on"]), (&json!(true), &json!(false)));
    assert!(look().await.unwrap_err().message.contains("does not look"), "it is off");
    app.look_for_update_when_due().await.unwrap();
    assert_eq!(publisher.asked(), 0);
    ask(&app, "setUpdates", json!({"on": true})).await.unwrap();

    // What must not count.
    let refused = |what: &'static str| {
        let (app, downloads) = (Arc::clone(&app), downloads.clone());
        async move {
            let why = ask(&app, "lookForUpdate", json!({})).await.unwrap_err();
            assert!(why.message.contains(what), "{what}: {why:?}");
            assert!(why.advice.starts_with("Nothing was changed"), "{what}: {why:?}");
            assert_eq!(ask(&app, "updates", json!({})).await.unwrap()["found"], Value::Null, "{what}");
            assert!(ask(&app, "downloadUpdate", json!({})).await.is_err(), "{what}");
            assert_eq!(left(&downloads), 0, "{what}");
        }
    };
    publisher.take_away("newest.json.minisig");
    refused("is not signed").await;
    publisher.publish(&notice("99.0.0"), &other);
    refused("signed by somebody whom this version does not know").await;
    publisher.publish(&notice("99.0.0"), &key);
    publisher.lay("newest.json", notice("99.0.1").to_string().as_bytes());
    refused("is not what was signed").await;
    publisher.publish(&json!({"version": "99.0.0"}), &key);
    refused("was not understood").await;
    let mut large = notice("99.0.0");
    large["padding"] = "x".repeat(65 * 1024).into();
    publisher.publish(&large, &key);
    refused("larger than it may be").await;
    publisher.take_away("newest.json");
    refused("nobody answered as expected").await;
    for version in [env!("CARGO_PKG_VERSION"), "0.0.1"] {
        publisher.publish(&notice(version), &key);
        let view = look().await.unwrap();
        assert_eq!((&view["found"], &view["said"]), (&Value::Null, &json!("There is no newer version.")));
    }

    publisher.publish(&notice("99.0.0"), &key);
    let found = look().await.unwrap()["found"].clone();
    assert_eq!((&found["version"], &found["changes"]), (&json!("99.0.0"), &json!(["Opens faster."])));
    assert_eq!((&found["day"], &found["saved"]), (&json!("June 30, 2026"), &Value::Null));
    assert_eq!(left(&downloads), 0, "nothing is fetched that nobody asked for");
    for wrong in
        [&b"the package of a newer versioN"[..], b"short", b"the package of a newer version, and more"]
    {
        publisher.lay(FILE, wrong);
        let why = ask(&app, "downloadUpdate", json!({})).await.unwrap_err();
        assert!(why.advice.starts_with("Nothing was changed"), "{why:?}");
        assert_eq!(left(&downloads), 0, "what is not what was signed is not kept");
    }
    publisher.lay(FILE, PACKAGE);
    // Somebody's own file of that name stays as it is.
    std::fs::write(downloads.join(FILE), "mine").unwrap();
    for _ in 0..2 {
        let found = ask(&app, "downloadUpdate", json!({})).await.unwrap()["found"].clone();
        assert!(found["saved"].as_str().unwrap().contains("wholechart_99.0.0_amd64-2.deb"), "{found}");
        assert!(found["how"].as_str().unwrap().contains("installer"), "{found}");
    }
    assert_eq!(std::fs::read(downloads.join("wholechart_99.0.0_amd64-2.deb")).unwrap(), PACKAGE);
    assert_eq!(std::fs::read(downloads.join(FILE)).unwrap(), b"mine");
    assert_eq!(left(&downloads), 2);

    // All of it stands where the person reads what left this computer.
    let person = json!({"id": null, "name": "Test", "birthDate": null, "homeZone": "America/Chicago"});
    let person = ask(&app, "savePerson", person).await.unwrap()["id"].clone();
    let sent = ask(&app, "sent", json!({"person": person})).await.unwrap();
    let lines = sent["requests"].as_array().unwrap();
    assert_eq!(lines.len(), publisher.asked(), "{sent}");
    assert!(lines.iter().all(|line| line["why"] == "Looking for a newer version of Wholechart"), "{sent}");

    // By itself once a week, and no more often.
    let asked = publisher.asked();
    *host.ahead.lock().unwrap() = TimeDelta::days(6);
    app.look_for_update_when_due().await.unwrap();
    assert_eq!(publisher.asked(), asked, "it is not a week");
    *host.ahead.lock().unwrap() = TimeDelta::days(8);
    for _ in 0..2 {
        app.look_for_update_when_due().await.unwrap();
    }
    assert_eq!(publisher.asked(), asked + 2, "the notice and its signature, once");
    let view = ask(&app, "setUpdates", json!({"on": false})).await.unwrap();
    assert_eq!((&view["on"], &view["found"]), (&json!(false), &Value::Null));
}
