//! What a person reads of a few invented records: on the first page, in lists, on the timeline.

use std::{fs, sync::Arc};

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::{App, dispatch};

use crate::corpus::{record, take_in};

/// A record of one provider's resources, on 1 July 2026.
struct Shown {
    /// Holds the files.
    folder: TempDir,
    app: Arc<App>,
    person: String,
}

impl Shown {
    async fn of(resources: &[Value]) -> Shown {
        let folder = tempfile::tempdir().unwrap();
        let (app, person) = record(&folder.path().join("record"), "America/Chicago").await;
        let shown = Shown { folder, app, person };
        shown.receives("Summit", resources).await;
        shown
    }

    /// What another provider says, or the same one anew.
    async fn receives(&self, label: &str, resources: &[Value]) {
        let entries: Vec<Value> = resources.iter().map(|resource| json!({"resource": resource})).collect();
        let files = self.folder.path().join(label);
        fs::create_dir_all(&files).unwrap();
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        fs::write(files.join("bundle.json"), bundle.to_string()).unwrap();
        let taken = take_in(&self.app, &self.person, label, &files).await;
        assert_eq!(taken["unreadable"], json!([]), "{taken}");
    }

    /// The answer to a command about this person.
    async fn ask(&self, command: &str, mut args: Value) -> Value {
        args["person"] = json!(self.person);
        dispatch(&self.app, command, args).await.unwrap()
    }

    async fn home(&self) -> Value {
        self.ask("home", json!({})).await
    }

    async fn list(&self, list: &str) -> Vec<Value> {
        let page = self.ask("list", json!({"list": list, "filter": {}, "limit": 100})).await;
        page["rows"].as_array().unwrap().clone()
    }

    async fn timeline(&self) -> Vec<Value> {
        let page = self.ask("timeline", json!({"filter": {}, "limit": 100})).await;
        page["rows"].as_array().unwrap().clone()
    }
}

fn medicine(more: Value) -> Value {
    let mut medicine = json!({"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "medicationCodeableConcept": {"text": "Warfarin"}, "authoredOn": "2026-03-04"});
    let Value::Object(more) = more else { panic!("members") };
    medicine.as_object_mut().unwrap().extend(more);
    medicine
}

#[tokio::test]
async fn a_medicine_on_hold_says_so_wherever_it_is_current() {
    let shown = Shown::of(&[medicine(json!({"status": "on-hold"}))]).await;
    assert_eq!(shown.home().await["medicines"][0]["row"]["statusText"], "on hold");
    assert_eq!(shown.list("medicines").await[0]["row"]["statusText"], "on hold");
    assert_eq!(shown.timeline().await[0]["statusText"], "on hold");
}

#[tokio::test]
async fn every_instruction_and_every_reaction_is_said() {
    let doses = json!({"dosageInstruction": [{"text": "1 in the morning"}, {"text": "2 at night"}]});
    let shown = Shown::of(&[
        medicine(doses),
        json!({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Peanut"}, "criticality": "high",
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "reaction": [{"manifestation": [{"text": "Hives"}]}, {"manifestation": [{"text": "Anaphylaxis"}]}]}),
        json!({"resourceType": "AllergyIntolerance", "id": "b", "code": {"text": "Pollen"}, "criticality": "low",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
    ])
    .await;
    let both = "1 in the morning; 2 at night";
    let home = shown.home().await;
    assert_eq!(home["medicines"][0]["beside"], both);
    assert_eq!(shown.list("medicines").await[0]["cells"][0], both);
    let timeline = shown.timeline().await;
    assert!(timeline.iter().any(|row| row["second"] == both), "{timeline:?}");
    assert_eq!(home["allergies"][0]["beside"], "high risk of a serious reaction; Hives; Anaphylaxis");
    assert_eq!(home["allergies"][1]["beside"], Value::Null);
}
