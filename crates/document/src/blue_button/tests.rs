use serde_json::Value;

use super::*;

/// An invented veteran's text, as My HealtheVet lays it out.
pub(super) const VA: &str = "\
--------------- MY HEALTHEVET PERSONAL INFORMATION REPORT ---------------\r
\r
******************** CONFIDENTIAL ***********************\r
Produced by the VA Blue Button (v12.10)\r
05 Nov 2014 @ 0827\r
\r
Name: WINTER, CORPUS A         Date of Birth: 07 Feb 1955\r
\r
------------------------ DOWNLOAD REQUEST SUMMARY -----------------------\r
System Request Date/Time:  05 Nov 2014 @ 0827\r
\r
----------------------------- VA ALLERGIES ------------------------------\r
Source: VA\r
Last Updated: 05 Nov 2014 @ 0812\r
\r
Remember to share all information about your allergies with your health\r
care team.\r
\r
Allergy Name:         PENICILLIN\r
Location:             NORTHFIELD VAMC\r
Date Entered:         07 Dec 2012\r
Reaction:             HIVES\r
Allergy Type:         DRUG\r
VA Drug Class:        PENICILLINS\r
Observed/Historical:  OBSERVED\r
Comments:             after the second\r
  tablet\r
\r
Allergy Name:         PEANUTS\r
Date Entered:         --\r
Reaction:             --\r
Allergy Type:         FOOD\r
Comments:             --\r
\r
-------------------------- VA MEDICATION HISTORY ------------------------\r
Medication: LISINOPRIL 10MG TAB\r
Instructions: TAKE ONE TABLET BY MOUTH EVERY DAY\r
FOR BLOOD PRESSURE\r
Status: Active\r
Refills Remaining: 3\r
Last Filled On: 14 Oct 2014\r
Initially Ordered On: 25 Aug 2014\r
Quantity: 30\r
Days Supply: 30\r
Pharmacy: NORTHFIELD PHARMACY\r
Prescription Number: 11900001\r
\r
Medication: NAPROXEN 500MG TAB\r
Instructions: TAKE ONE TABLET BY MOUTH TWICE A DAY\r
Status: Expired\r
Initially Ordered On: 06 Jul 2012\r
\r
----------- SELF REPORTED MEDICATIONS AND SUPPLEMENTS -----------\r
Category:           Supplement\r
Drug Name:          FISH OIL\r
Drug Strength:      1000 mg\r
Dose:               1 capsule\r
Frequency:          daily\r
Start Date: Jan 2012     Stop Date: --\r
\r
---------------------------- VA PROBLEM LIST ----------------------------\r
Problem:            Hypertension (SCT 38341003)\r
Date/Time Entered:  03 Mar 2011 @ 1015\r
Provider:           DOE, ANA\r
Status:             ACTIVE\r
\r
---------------------------- VA APPOINTMENTS ----------------------------\r
FUTURE APPOINTMENTS:\r
Date/Time:      08 Dec 2014 @ 1330\r
Location:       NORTHFIELD\r
Clinic:         PRIMARY CARE\r
\r
PAST APPOINTMENTS:\r
Date/Time:      08 Oct 2014 @ 0900\r
Location:       NORTHFIELD\r
Status:         CANCELLED\r
Clinic:         EYE CLINIC\r
\r
--------------------------- VA IMMUNIZATIONS ----------------------------\r
Immunization:  INFLUENZA\r
Date Received: 14 Oct 2014\r
Location:      NORTHFIELD VAMC\r
\r
------------------------ VA VITALS AND READINGS -------------------------\r
Measurement Type: Blood pressure\r
Date/Time: 14 Oct 2014 @ 0910\r
Measurement: 128/80\r
\r
Measurement Type: Temperature\r
Date/Time: 14 Oct 2014 @ 0910\r
Measurement: 98.60 F\r
\r
------------------------ VA LABORATORY RESULTS --------------------------\r
Lab Test: CHEM 7\r
Date/Time Collected: 13 Oct 2014 @ 0800\r
Specimen: SERUM\r
\r
SODIUM         140     mmol/L    136-145\r
\r
--------------------------------- VA NOTES ------------------------------\r
Date/Time: 14 Oct 2014 @ 0910\r
Seen and well.\r
END OF MY HEALTHEVET PERSONAL INFORMATION REPORT\r
";

fn json(record: &BlueButtonRecord) -> Value {
    serde_json::from_str(&record.resource).unwrap()
}

/// Type, what it is called and when.
fn lines_of(text: &str) -> Vec<String> {
    let line = |record: &BlueButtonRecord| {
        let read = json(record);
        let said = |paths: &[&str]| {
            paths.iter().find_map(|path| read.pointer(path)?.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let names = [
            "/code/text",
            "/medicationCodeableConcept/text",
            "/vaccineCode/text",
            "/description",
            "/name/0/text",
        ];
        let line =
            format!("{}: {} {}", record.resource_type, said(&names), said(&["/onsetDateTime", "/birthDate"]));
        line.trim().to_owned()
    };
    read(text.as_bytes()).records.iter().map(line).collect()
}

#[test]
fn the_sections_that_are_sure_are_read_and_no_others() {
    let read = read(VA.as_bytes());
    assert_eq!((read.sender, read.made.as_deref()), (Some(BlueButtonSender::Va), Some("2014-11-05T08:27")));
    assert_eq!(
        lines_of(VA),
        [
            "Patient: WINTER, CORPUS A 1955-02-07",
            "AllergyIntolerance: PENICILLIN",
            "AllergyIntolerance: PEANUTS",
            "MedicationRequest: LISINOPRIL 10MG TAB",
            "MedicationRequest: NAPROXEN 500MG TAB",
            "MedicationStatement: FISH OIL 1000 mg",
            "Condition: Hypertension (SCT 38341003)",
            "Appointment: PRIMARY CARE",
            "Appointment: EYE CLINIC",
            "Immunization: INFLUENZA",
            "Observation: Blood pressure",
            "Observation: Temperature",
            "DiagnosticReport: CHEM 7",
        ]
    );
}

#[test]
fn what_is_said_is_said_and_nothing_besides() {
    let read = read(VA.as_bytes());
    let of = |n: usize| json(&read.records[n]);
    assert_eq!(of(0)["birthDate"], "1955-02-07");
    assert_eq!(of(1)["recordedDate"], "2012-12-07");
    assert_eq!(of(1)["note"][0]["text"], "after the second\ntablet");
    assert_eq!(of(1)["reaction"][0]["manifestation"][0]["text"], "HIVES");
    assert_eq!((&of(2)["recordedDate"], &of(2)["reaction"]), (&Value::Null, &Value::Null));
    assert_eq!(
        of(3)["dosageInstruction"][0]["text"],
        "TAKE ONE TABLET BY MOUTH EVERY DAY FOR BLOOD PRESSURE"
    );
    assert_eq!(
        (&of(3)["status"], &of(3)["authoredOn"]),
        (&Value::from("active"), &Value::from("2014-08-25"))
    );
    assert_eq!(
        (&of(4)["status"], &of(4)["statusReason"]["text"]),
        (&Value::from("unknown"), &Value::from("Expired"))
    );
    assert_eq!(
        (&of(5)["effectivePeriod"]["start"], &of(5)["effectivePeriod"]["end"]),
        (&Value::from("2012-01"), &Value::Null)
    );
    assert_eq!(of(5)["informationSource"]["reference"], format!("Patient/{}", read.records[0].id));
    assert_eq!(of(6)["code"]["coding"][0]["code"], "38341003");
    assert_eq!(
        (&of(7)["status"], &of(7)["start"]),
        (&Value::from("booked"), &Value::from("2014-12-08T13:30"))
    );
    assert_eq!(of(8)["status"], "cancelled");
    assert!(read.records[11].resource.contains("\"value\":98.60"), "figures as they were said");
    assert!(
        of(12)["conclusion"].as_str().unwrap().contains("SODIUM         140"),
        "the table as it stands there"
    );
    let slice = &VA[read.records[2].range.clone()];
    assert!(
        slice.starts_with("Allergy Name:         PEANUTS") && slice.ends_with("Comments:             --"),
        "{slice}"
    );
}

#[test]
fn a_later_text_says_more_of_the_same() {
    let later = VA.replace("Refills Remaining: 3", "Refills Remaining: 2").replace(
        "Location:       NORTHFIELD\r\nClinic:         PRIMARY CARE",
        "Location:       NORTHFIELD\r\nStatus:         CANCELLED\r\nClinic:         PRIMARY CARE",
    );
    let ids = |text: &str| read(text.as_bytes()).records.into_iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&later), ids(VA));
    let twice = format!("{VA}{VA}");
    let all = ids(&twice);
    assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), all.len(), "each has its own");
}

#[test]
fn medicares_text_is_read_by_the_same_rules() {
    let text = "MYMEDICARE.GOV PERSONAL HEALTH INFORMATION\n\n**********CONFIDENTIAL***********\n\nProduced by the Blue Button (v2.0)\n\n\
        03/16/2013 5:10 AM\n\n--------------------------------\nDemographic\n\n--------------------------------\n\nSource: MyMedicare.gov\n\n\
        Name: CORPUS WINTER\n\nDate of Birth: 02/07/1955\n\n--------------------------------\nSelf Reported Medical Conditions\n\n\
        --------------------------------\n\nSource: Self-Entered\n\nCondition Name: Arthritis\n\nMedical Condition Start Date: 08/09/2005\n\n\
        Medical Condition End Date: 02/28/2011\n\n--------------------------------\nDrugs\n\n--------------------------------\n\n\
        Drug Name: Aspirin\n\nSupply: Daily\n";
    assert_eq!(read(text.as_bytes()).sender, Some(BlueButtonSender::Medicare));
    assert_eq!(
        lines_of(text),
        [
            "Patient: CORPUS WINTER 1955-02-07",
            "Condition: Arthritis 2005-08-09",
            "MedicationStatement: Aspirin"
        ]
    );
}

#[test]
fn a_date_is_as_precise_as_it_was_said() {
    for (said, expected) in [
        ("05 Nov 2014 @ 0827", Some("2014-11-05T08:27")),
        ("05 Nov 2014@08:27", Some("2014-11-05T08:27")),
        ("5 November 2014", Some("2014-11-05")),
        ("November 5, 2014", Some("2014-11-05")),
        ("Nov 2014", Some("2014-11")),
        ("2014", Some("2014")),
        ("11/05/2014", Some("2014-11-05")),
        ("13/05/2014", None),
        ("31 Feb 2014", None),
        ("29 Feb 2012", Some("2012-02-29")),
        ("05 Nov 2014 @ 2561", Some("2014-11-05")),
        ("sometime in 2014", None),
        ("--", None),
        ("", None),
    ] {
        assert_eq!(date(said).as_deref(), expected, "{said}");
    }
}
