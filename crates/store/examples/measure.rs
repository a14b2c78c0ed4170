use std::time::Instant;
use std::collections::BTreeMap;
use rand::SeedableRng;
use wholechart_fhir::{Release, Kind};
use wholechart_record::*;
use wholechart_store::*;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let key = DbKey::generate(&mut rand::rngs::StdRng::seed_from_u64(1));
    let mut s = KeySlots::new(&key); s.set_keychain("x"); s.save(dir.path()).unwrap();
    let store = Store::open(dir.path(), &key).unwrap();
    let ada = PersonId("ada".into());
    store.save_person(&Person{id: ada.clone(), name:"A".into(), birth_date:None, home_zone: chrono_tz::America::New_York}).unwrap();
    let at = chrono::DateTime::from_timestamp(1_790_000_000,0).unwrap();
    let names = ["a","b"];
    let t = Instant::now();
    for c in names {
        let id = ConnectionId(c.into());
        store.save_connection(&Connection{id: id.clone(), person: ada.clone(), name:c.into(), card: serde_json::json!({}), patient: BTreeMap::new(), state: ConnectionState::Connected, created: at, colour:0, imported:false}).unwrap();
        let run = store.begin_run(&id, at).unwrap();
        for p in 0..n/2/100 {
            let resources = (0..100).map(|k| { let i = p*100+k; let d = chrono::NaiveDate::from_ymd_opt(1986,1,1).unwrap()+chrono::Days::new((i*7%14600) as u64);
                let j = serde_json::json!({"resourceType":"Observation","id":format!("{c}{i}"),"status":"final","effectiveDateTime":format!("{d}T{:02}:{:02}:00Z", i%24, i%60),"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":format!("{}-7", i%400)}],"text":format!("Test number {}", i%400)},"valueQuantity":{"value":i%50,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"},"referenceRange":[{"low":{"value":5,"unit":"mg/dL"},"high":{"value":40,"unit":"mg/dL"}}],"performer":[{"display":"General Laboratory"}],"note":[{"text":"Specimen slightly haemolysed; interpret with care."}]});
                Incoming{bytes:j.to_string().into_bytes(),resource_type:"Observation".into(),id:Some(format!("{c}{i}")),position:k as u64}}).collect();
            store.commit_page(PageCommit{run,connection:id.clone(),base:"https://x.example/r4".into(),release:Release::R4,question:"q".into(),url:"u".into(),received_at:at,midnight_means_day:false,resources,unreadable:vec![],next:None}).unwrap();
        }
        store.finish_run(run, at, "complete").unwrap();
    }
    println!("store {n}: {:?}", t.elapsed());
    let t = Instant::now(); store.refresh_facts(&ada).unwrap(); println!("refresh first: {:?}", t.elapsed());
    let t = Instant::now(); println!("refresh again ({}): {:?}", store.refresh_facts(&ada).unwrap(), t.elapsed());
    let t = Instant::now(); let f = store.facts_for_summary(&ada).unwrap(); println!("facts_for_summary {}: {:?}", f.len(), t.elapsed());
    let members: Vec<Member> = f.iter().flat_map(|(_, m)| m.clone()).collect();
    let t = Instant::now(); let m = merge(members, chrono_tz::America::New_York); println!("merge alone {}: {:?}", m.len(), t.elapsed());
    let t = Instant::now(); let _ = summary(&f, wholechart_fhir::Day::new(2026,1,1).unwrap()); println!("summary: {:?}", t.elapsed());
    for (what, filter) in [("all", Filter::default()), ("kind", Filter{kinds:vec![Kind::Result],connections:vec![]}), ("rare kind", Filter{kinds:vec![Kind::Allergy],connections:vec![]}), ("connection", Filter{kinds:vec![],connections:vec![ConnectionId("b".into())]})] {
        let t = Instant::now(); let p = store.timeline(&ada,&filter,None,100).unwrap(); let first = t.elapsed();
        let t = Instant::now(); if let Some(next)=&p.next { store.timeline(&ada,&filter,Some(next),100).unwrap(); } println!("timeline {what} total {}: {:?}, next {:?}", p.total, first, t.elapsed());
    }
    let t = Instant::now(); store.facets(&ada).unwrap(); println!("facets: {:?}", t.elapsed());
    let id = store.timeline(&ada,&Filter::default(),None,1).unwrap().rows[0].id.clone();
    let t = Instant::now(); store.fact(&id).unwrap(); println!("fact: {:?}", t.elapsed());
    println!("file {} MB", std::fs::metadata(dir.path().join("record.db")).unwrap().len()/1_000_000);
    let t = Instant::now(); store.rebuild(&mut |_,_| std::ops::ControlFlow::Continue(())).unwrap(); println!("rebuild: {:?}", t.elapsed());
}
