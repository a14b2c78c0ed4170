use serde_json::json;
use wholechart_fhir::Release;
use wholechart_smart::{
    CardBase, CardNote, Directory, ProviderCard, Quirk, parse_cards, server_words, shipped_cards,
    shipped_lists,
};

fn card(id: &str, name: &str, place: &str, portal: &str) -> ProviderCard {
    let base = json!({"release": "r4", "url": "https://f.example/r4"});
    let card =
        json!({"id": id, "name": name, "place": place, "portal": portal, "bases": [base], "quirks": []});
    parse_cards(&json!([card])).0.remove(0)
}

#[test]
fn shipped_cards_are_whole_https_and_without_registrations() {
    let cards = shipped_cards();
    assert!(
        cards
            .iter()
            .any(|card| card.id == "nextgen-enterprise" && card.bases.len() == 2 && card.asks_practice)
    );
    let list: serde_json::Value = serde_json::from_str(include_str!("../../src/cards.json")).unwrap();
    assert_eq!(parse_cards(&list).1, vec![], "every card reads and every quirk is known");
    assert_eq!(cards.len(), list.as_array().unwrap().len());
    for card in cards {
        // One test server takes any id; everywhere else a registration is the user's own.
        assert_eq!(card.needs_client_id(), card.id != "smart-health-it", "{}", card.id);
        assert!(card.client_secret.is_none() && card.sample_sign_in.is_none(), "{}", card.id);
        assert!(card.registration_site.as_deref().is_some_and(|site| site.starts_with("https://")));
        assert!(card.registration_help.is_some(), "{}", card.id);
        assert_eq!(card.bases.is_empty(), card.asks_base, "{}", card.id);
        assert!(!card.client_kinds.is_empty(), "{}: what to ask the vendor for is known", card.id);
        let endpoints = [&card.authorize, &card.token, &card.revoke].into_iter().flatten();
        for url in endpoints.chain(card.bases.iter().map(|base| &base.url)) {
            assert!(url.starts_with("https://"), "{}: {url}", card.id);
        }
    }
}

/// A switch has a test where what it does is tested: in this crate, or with the plans and runs of a sync.
#[test]
fn every_manner_has_a_test() {
    let tests = [
        include_str!("discovery.rs"),
        include_str!("reading.rs"),
        include_str!("signing_in.rs"),
        include_str!("brands.rs"),
        include_str!("registering.rs"),
        include_str!("../../src/fetch.rs"),
        include_str!("../../../sync/tests/sync/faults.rs"),
        include_str!("../../../sync/tests/sync/plan.rs"),
        include_str!("../../../sync/tests/sync/interop.rs"),
        include_str!("../../../sync/tests/sync/manners.rs"),
        include_str!("../../../sandbox/tests/manners.rs"),
    ]
    .concat();
    let untested: Vec<&str> = Quirk::ALL
        .iter()
        .filter(|quirk| {
            !tests.contains(&format!("\"{}\"", quirk.name())) && !tests.contains(&format!("Quirk::{quirk:?}"))
        })
        .map(|quirk| quirk.name())
        .collect();
    assert_eq!(untested, [""; 0]);
}

#[test]
fn lists_are_at_https_and_of_vendors_that_have_a_card() {
    let cards = shipped_cards();
    for list in shipped_lists() {
        assert_eq!(list.url.scheme(), "https", "{}", list.id);
        assert!(list.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{}", list.id);
        let vendor = list.vendor.as_deref().and_then(|vendor| cards.iter().find(|card| card.id == vendor));
        assert!(vendor.is_some_and(|card| card.asks_base), "{}", list.id);
    }
}

#[test]
fn one_bad_card_or_quirk_does_not_cost_its_neighbours() {
    let good = json!({"id": "a", "name": "A", "bases": [{"release": "dstu2", "url": "https://f.example/d"}],
        "practice": null, "quirks": ["verifyTotals", "singsAtMidnight"], "unknownMember": {"x": 1}});
    let no_base = json!({"id": "b", "name": "B", "bases": []});
    let (cards, notes) = parse_cards(&json!([good, no_base, 7]));
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0].quirks.iter().collect::<Vec<_>>(), [Quirk::VerifyTotals]);
    let unknown = CardNote::UnknownQuirk { card: "a".into(), quirk: "singsAtMidnight".into() };
    assert_eq!(notes, [unknown, CardNote::Unreadable { index: 1 }, CardNote::Unreadable { index: 2 }]);
}

#[test]
fn a_card_survives_being_kept() {
    for card in shipped_cards() {
        let kept = serde_json::to_value(&card).unwrap();
        assert_eq!(serde_json::from_value::<ProviderCard>(kept).unwrap(), card);
    }
}

#[test]
fn search_finds_what_people_type() {
    let directory = Directory::new([
        card("1", "Sankt Göran Klinik", "Uppsala", "MinVård"),
        card("2", "Lake Clinic", "Port Alder", "NextGen"),
        card("3", "Port Alder Family Medicine", "Lakeside", "MyChart"),
    ]);
    let found = |query| directory.search(query, 9).iter().map(|card| card.id.as_str()).collect::<Vec<_>>();
    assert_eq!(found("GORAN"), ["1"]);
    assert_eq!(found("minvard klin"), ["1"]);
    assert_eq!(found("port ald"), ["3", "2"], "the name counts more than the place");
    assert_eq!(found("lake"), ["2", "3"]);
    assert_eq!(found("alder nextgen"), ["2"]);
    assert_eq!(found("lder"), [""; 0], "only beginnings of words");
    assert_eq!(found(""), ["1", "2", "3"]);
    assert_eq!(directory.search("", 2).len(), 2);
}

#[test]
fn a_portals_web_address_finds_the_provider() {
    let listed = ProviderCard {
        id: "list:mayo".into(),
        name: "Mayo Clinic".into(),
        portal: "Patient Online Services".into(),
        bases: vec![CardBase { release: Release::R4, url: "https://fhir.mayo.example/r4".into() }],
        ..ProviderCard::default()
    };
    let directory = Directory::new(shipped_cards().into_iter().chain([listed]));
    let found =
        |query: &str| directory.search(query, 9).iter().map(|card| card.id.clone()).collect::<Vec<_>>();
    assert_eq!(found("https://smith-family.followmyhealth.com/Login?x=1"), ["veradigm"]);
    assert_eq!(found("www.medicare.gov"), ["medicare-blue-button"]);
    assert_eq!(found("https://mychart.mayoclinic.org/")[0], "list:mayo", "called as its domain is");
    assert!(found("https://mychart.mayoclinic.org/").contains(&"epic".to_owned()), "and the portal's maker");
    assert_eq!(found("mayo.example"), ["list:mayo"], "its server is there");
    assert_eq!(found("https://mychart.unknown-clinic.org"), ["epic"]);
    assert!(found("nobody.example").is_empty());
    assert_eq!(found("Mayo"), ["list:mayo"], "words are words");
    assert!(shipped_cards().iter().filter(|card| card.test_server).count() == 3);
    for card in shipped_cards() {
        assert_eq!(card.test_server, card.name.contains("sandbox"), "{}", card.name);
    }
}

#[test]
fn server_words_are_fit_to_show() {
    for (said, shown) in [
        (
            "<html><head><title>x</title></head><body><h1>Oops</h1><script>steal()</script><p>No&nbsp;such page</p>",
            "Oops No such page",
        ),
        (
            "Not implemented   at Gate.Search(String q) in C:\\a.cs",
            "Not implemented at Gate.Search(String q) in C:\\a.cs",
        ),
        (
            "The method is not implemented.\n   at Gate.Search.Run(Query q)\n   at System.Threading.Tasks",
            "The method is not implemented.",
        ),
        ("boom at System.Web.Http.Run()", "boom"),
        (
            "see https://f.example/r4/Patient?name=secret for more",
            "see https://f.example/r4/Patient for more",
        ),
        ("Read access to 'X' is denied by user", "Read access to 'X' is denied by user"),
        ("a < b and c > d", "a < b and c > d"),
        ("bell\u{7}\r\nand tab\t.", "bell and tab ."),
    ] {
        assert_eq!(server_words(said), shown);
    }
    let long = server_words(&"é".repeat(500));
    assert_eq!(long.chars().count(), 200);
    assert!(long.ends_with('…'));
}
