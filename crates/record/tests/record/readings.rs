//! What looser readings of a name (`crates/names/src/qualifiers.rs`) find in the table of topics, and what they must not.

use wholechart_fhir::Kind;
use wholechart_record::{Known, topic_of_title};

fn topic(kind: Kind, name: &str) -> Option<String> {
    topic_of_title(kind, name).map(Known::address)
}

#[test]
fn what_makes_no_other_thing_is_left_aside() {
    let mut missed = Vec::new();
    for (kind, address, names) in [
        (
            Kind::Problem,
            "conditions/asthma",
            &[
                "Severe persistent asthma with status asthmaticus",
                "Asthma, moderate persistent, poorly controlled",
                "Intermittent asthma in pediatric patient, unspecified asthma severity",
                "Asthma, cough variant, without complication (HCC)",
            ][..],
        ),
        (
            Kind::Problem,
            "conditions/cellulitis",
            &[
                "RUE cellulitis",
                "Cellulitis of left thigh",
                "Cellulitis of great toe, right",
                "Acute cellulitis of scalp",
            ],
        ),
        (
            Kind::Problem,
            "conditions/depression",
            &[
                "Major depression, recurrent, mild",
                "MDD, single episode, in partial remission (HCC)",
                "Recurrent major depressive disorder, severe, with psychotic features",
            ],
        ),
        (
            Kind::Problem,
            "conditions/chronic-kidney-disease",
            &["Chronic kidney disease, stage 3b, GFR 30-44", "CKD stage IV due to lupus"],
        ),
        (
            Kind::Problem,
            "conditions/broken-wrist",
            &[
                "Closed displaced fracture of distal end of left radius, sequela",
                "Fracture of the lower end of right radius, subsequent encounter for fracture with routine healing",
            ],
        ),
        (
            Kind::Problem,
            "conditions/preeclampsia",
            &["Mild preeclampsia, second trimester", "Pre-eclampsia in third trimester"],
        ),
        (
            Kind::Problem,
            "conditions/crohns-disease",
            &[
                "Crohn's disease of small intestine with fistula",
                "Crohn's disease of large intestine without complications",
            ],
        ),
        (
            Kind::Problem,
            "conditions/allergic-rhinitis",
            &[
                "Allergic rhinitis, unspecified seasonality, unspecified trigger",
                "Rinitis al\u{e9}rgica cr\u{f3}nica",
            ],
        ),
        (
            Kind::Problem,
            "conditions/sleep-apnea",
            &["Severe OSA on CPAP", "Obstructive sleep apnea, moderate, untreated", "S.A.O.S. (sleep apnea)"],
        ),
        (
            Kind::Problem,
            "conditions/migraine",
            &["Migrane without aura, not intractable", "Chronic migraine with aura"],
        ),
        (
            Kind::Problem,
            "conditions/breast-cancer",
            &["Infiltrating ductal carcinoma of left breast, stage 3 (HCC)"],
        ),
        (
            Kind::Procedure,
            "procedures/cholecystectomy",
            &["LAPS CHOLECYSTECTOMY W/CHOLANGIO", "HX OF CHOLECYSTECTOMY", "s/p lap cholecystectomy 2014"],
        ),
        (Kind::Procedure, "procedures/colonoscopy", &["HX COLONOSCOPY 2016", "Colonoscopy w/ snare"]),
        (
            Kind::Procedure,
            "procedures/inguinal-hernia-repair",
            &["RPR INGUN HRNA AGE 6 MO-5 YRS", "Repair, inguinal hernia, age 5 or over; incarcerated"],
        ),
        (
            Kind::Procedure,
            "procedures/knee-replacement",
            &[
                "Replacement of Left Knee Joint with Synthetic Substitute, Open Approach",
                "Right total knee arthroplasty, cemented",
            ],
        ),
        (
            Kind::Procedure,
            "procedures/nephrectomy",
            &["Resection of Left Kidney, Percutaneous Endoscopic Approach"],
        ),
        (Kind::Procedure, "procedures/meniscectomy", &["Knee arthroscopy w/ medial meniscectomy"]),
        (Kind::Procedure, "procedures/lumbar-fusion", &["Fusion L4-5", "L3-L4 spinal fusion"]),
        (Kind::Procedure, "procedures/thoracentesis", &["IR THORACENTESIS LEFT W US GUIDANCE"]),
        (Kind::Vaccine, "vaccines/influenza", &["FLULAVAL QUAD 2021-2022 PF IM", "IIV3 VACC PRSV FREE IM"]),
        (Kind::Vaccine, "vaccines/hepatitis-b", &["HEPB VACC 2 DOSE ADULT IM", "Hep B, dose 3"]),
        (Kind::Vaccine, "vaccines/hepatitis-a", &["HEPA VACC PED/ADOL 2 DOSE IM"]),
        (Kind::Vaccine, "vaccines/hepa-hepb", &["HEPA/HEPB VACC ADULT IM", "Hep A and Hep B, adult, 3 dose"]),
        (Kind::Vaccine, "vaccines/anthrax", &["Anthrax #2", "ANTHRAX VACC IM 0.5 ML"]),
    ] {
        for name in names {
            let found = topic(kind, name);
            if found.as_deref() != Some(address) {
                missed.push(format!("{name}: {found:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_makes_another_thing_is_not_left_aside() {
    let mut shared = Vec::new();
    for (kind, pairs) in [
        (
            Kind::Problem,
            &[
                ("Type 1 diabetes mellitus", "Type 2 diabetes mellitus with hyperglycemia"),
                ("Type 1 diabetes mellitus", "Diabetes mellitus"),
                ("Diabetes insipidus", "Diabetes mellitus"),
                ("Nephrogenic diabetes insipidus", "Type 2 diabetes"),
                ("Gestational diabetes mellitus", "Diabetes mellitus, severe"),
                ("Family history of diabetes mellitus", "Diabetes mellitus"),
                ("Diabetes mellitus due to pancreatic disease", "Diabetes mellitus"),
                ("Screening for diabetes mellitus", "Diabetes mellitus"),
                ("At risk for diabetes mellitus", "Diabetes mellitus"),
                ("Prediabetes", "Diabetes mellitus type 2"),
                ("Hypertension secondary to renal artery stenosis", "Hypertension"),
                ("Hypertension in pregnancy", "Hypertension"),
                ("Gestational hypertension, third trimester", "Essential hypertension"),
                ("Pulmonary hypertension", "Hypertension, severe"),
                ("Portal hypertension", "Hypertension"),
                ("Ocular hypertension", "Hypertension"),
                ("White coat syndrome without diagnosis of hypertension", "Hypertension"),
                ("History of stroke", "Stroke"),
                ("Family history of stroke", "Stroke"),
                ("Hx of breast cancer", "Breast cancer"),
                ("Family history of malignant neoplasm of breast", "Malignant neoplasm of breast"),
                ("Metastasis to breast", "Breast cancer"),
                ("Secondary malignant neoplasm of breast", "Malignant neoplasm of breast"),
                ("Secondary malignant neoplasm of lung", "Lung cancer"),
                ("Metastasis to liver from colon cancer", "Liver cancer"),
                ("Secondary malignant neoplasm of bone", "Malignant neoplasm of lung"),
                ("Benign neoplasm of breast", "Breast cancer"),
                ("Benign neoplasm of skin of face", "Skin cancer"),
                ("Ductal carcinoma in situ of left breast", "Breast cancer"),
                ("Suspected lung cancer", "Lung cancer"),
                ("Encounter for screening for malignant neoplasm of colon", "Colon cancer"),
                ("Squamous cell carcinoma of lung", "Squamous cell carcinoma of skin"),
                ("Rule out pulmonary embolism", "Pulmonary embolism"),
                ("? pulmonary embolism", "Pulmonary embolism"),
                ("Possible pneumonia", "Pneumonia"),
                ("History of pneumonia", "Pneumonia"),
                ("Exposure to COVID-19", "COVID-19"),
                ("Contact with and (suspected) exposure to covid-19", "COVID-19"),
                ("COVID-19 vaccination", "COVID-19"),
                ("Long COVID", "COVID-19"),
                ("Exposure to tuberculosis", "Tuberculosis"),
                ("Latent tuberculosis", "Tuberculosis"),
                ("Fracture of left tibia, initial encounter", "Fracture"),
                ("Closed fracture of shaft of right humerus", "Fracture, closed"),
                ("Fracture of distal radius", "Fracture of distal fibula"),
                ("Fracture of proximal humerus", "Fracture of distal radius"),
                ("Fracture of neck of femur", "Fracture of shaft of femur"),
                ("Fracture of skull", "Fracture"),
                ("Stress fracture of foot", "Fracture of foot"),
                ("Sprain of left wrist", "Sprain of left ankle"),
                ("Knee pain, left", "Hip pain, left"),
                ("Acute pain", "Chronic pain"),
                ("Osteoarthritis of knee", "Osteoarthritis of hip"),
                ("Osteoarthritis of left ankle", "Osteoarthritis of left knee"),
                ("Chronic bronchitis", "Acute bronchitis, mild"),
                ("Acute pancreatitis", "Chronic pancreatitis, severe"),
                ("Acute kidney injury", "Chronic kidney disease"),
                ("Acute hepatitis C", "Chronic hepatitis C"),
                ("Hepatitis A", "Hepatitis B"),
                ("Hepatitis, unspecified", "Hepatitis A"),
                ("Acute lymphoblastic leukemia", "Chronic lymphocytic leukemia"),
                ("Unstable angina", "Stable angina"),
                ("Neuropathy due to type 2 diabetes", "Neuropathy, severe"),
                ("Primary sclerosing cholangitis", "Cirrhosis of liver"),
                ("Anxiety with depression", "Anxiety"),
                ("Postpartum depression", "Depression, severe"),
                ("Dementia with Lewy bodies", "Dementia"),
                ("Orthostatic hypotension", "Hypertension, orthostatic"),
                ("Hyperkalemia", "Hypokalemia"),
                ("Hyperthyroidism", "Hypothyroidism, acquired"),
                ("Hypercalcemia", "Hypocalcemia"),
                ("Anemia in pregnancy", "Anemia"),
                ("Anemia in third trimester", "Anemia"),
                ("Vitamin B12 deficiency", "Vitamin D deficiency"),
                ("Vitamin A deficiency", "Vitamin D deficiency"),
                ("Dysphasia", "Dysphagia"),
                ("Angioma", "Angina"),
                ("Allergy to asthma medication", "Asthma"),
                ("Glaucoma suspect, both eyes", "Glaucoma, both eyes"),
                ("Portal vein thrombosis", "Budd-Chiari syndrome"),
                ("Portal vein thrombosis", "Deep vein thrombosis"),
                ("Left ventricular hypertrophy", "Cardiomegaly"),
                ("Right ventricular hypertrophy", "Left ventricular hypertrophy"),
                ("Left ventricular hypertrophy", "Dilated cardiomyopathy"),
                ("Chronic lung disease of prematurity", "COPD"),
                ("Burn of left hand", "Burn of ear"),
                ("Laceration of left foot", "Laceration of left hand"),
                ("Mild cognitive impairment", "Severe cognitive impairment"),
                ("Extreme poverty", "No health insurance"),
                ("Peripheral neuropathy", "Optic neuropathy"),
                ("Non-epileptic seizures", "Epilepsy"),
                ("Melanoma of eye", "Melanoma of skin"),
                ("Solitary kidney", "Kidney disease"),
                ("Bleeding", "Bleeding disorder"),
                ("Failure to thrive, adult", "Failure to thrive in child"),
                ("Schizophrenia in mother", "Schizophrenia"),
                ("Chronic hypertension with superimposed preeclampsia", "Hypertension"),
                ("Nephritic syndrome", "Nephrotic syndrome"),
                ("Cushing ulcer", "Cushing's syndrome"),
                ("Pre-gestational diabetes", "Gestational diabetes"),
                ("Pregestational diabetes mellitus", "Gestational diabetes"),
                ("Ureteritis", "Urethritis"),
                ("Primary biliary cholangitis", "Cirrhosis of liver"),
                ("Intracranial hypotension", "Hypotension"),
                ("Fracture-dislocation of shoulder", "Dislocated shoulder"),
            ][..],
        ),
        (
            Kind::Procedure,
            &[
                ("Parathyroidectomy", "Thyroidectomy"),
                ("MRI of left knee", "MRI of left shoulder"),
                ("MRI of left knee", "X-ray of left knee, 3 views"),
                ("CT of head", "MRI of head"),
                ("CT chest with contrast", "CT abdomen with contrast"),
                ("XR ANKLE 3 VW LEFT", "XR KNEE 3 VW LEFT"),
                ("Cervical fusion", "Lumbar fusion"),
                ("Fusion C5-6", "Fusion L4-5"),
                ("Vasectomy reversal", "Vasectomy"),
                ("Nexplanon removal", "Nexplanon insertion"),
                ("IUD removal", "IUD insertion"),
                ("Referral for colonoscopy", "Colonoscopy"),
                ("Colonoscopy prep instructions", "Colonoscopy"),
                ("Adenoidectomy without tonsillectomy", "Tonsillectomy"),
                ("Kidney transplant without recipient nephrectomy", "Nephrectomy"),
                ("Excision of Left Breast, Open Approach", "Resection of Left Breast, Open Approach"),
                ("Resection of Left Kidney, Open Approach", "Resection of Spleen, Open Approach"),
                ("Exercise treadmill test", "Nuclear stress test"),
                ("Knee injection with steroid", "Shoulder injection with steroid"),
                ("CT of the chest without contrast", "Low dose CT for lung cancer screening"),
                (
                    "Inspection of Bladder, Via Natural or Artificial Opening Endoscopic",
                    "Inspection of Upper Intestinal Tract, Via Natural or Artificial Opening Endoscopic",
                ),
                ("Biopsy of breast", "Biopsy of prostate"),
                ("Total hip arthroplasty", "Total knee arthroplasty"),
                ("US PELVIS", "US ABDOMEN"),
                ("Peritoneal dialysis", "Hemodialysis"),
                ("Umbilical hernia repair", "Inguinal hernia repair"),
                ("Colonoscopy consult", "Colposcopy"),
                ("Tunneled catheter for dialysis", "Dialysis"),
                ("Tomosynthesis guided breast biopsy", "Tomosynthesis, both breasts"),
                ("Mastectomy bra fitting", "Mastectomy"),
                ("Mastoidectomy", "Tympanoplasty"),
                ("Breast implant removal", "Breast implants"),
                ("Kidney stone removal", "Lithotripsy"),
                ("Stapedectomy", "Tympanoplasty"),
            ][..],
        ),
        (
            Kind::Vaccine,
            &[
                ("Hep A-Hep B, adult", "Hep B, adult"),
                ("Hep A-Hep B, adult", "Hep A, adult"),
                ("HEPA-HEPB VACC ADULT IM", "HEPB VACC ADULT IM"),
                ("MMRV", "MMR"),
                ("Measles, mumps, rubella and varicella", "Varicella"),
                ("DTaP-Hep B-IPV", "Hep B, pediatric"),
                ("DTaP-IPV", "IPV"),
                ("Hib-Hep B", "Hib"),
                ("Hepatitis B immune globulin", "Hepatitis B, dose 2"),
                ("Rabies immune globulin", "Rabies, intramuscular"),
                ("MenACWY", "MenB"),
                ("Influenza A (H5N1), monovalent", "Influenza, seasonal"),
                ("RSV monoclonal antibody", "RSV vaccine"),
            ][..],
        ),
    ] {
        for (one, other) in pairs {
            if let Some(topic) = topic(kind, one).filter(|found| topic(kind, other).as_ref() == Some(found)) {
                shared.push(format!("{one} / {other}: {topic}"));
            }
        }
    }
    assert!(shared.is_empty(), "{shared:#?}");
}
