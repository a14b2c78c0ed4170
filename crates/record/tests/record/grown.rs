//! A grown life: thousands of things that happened to one patient, told by several providers.
//!
//! The point is a truth to measure against. [`life`] first invents true events and then lets
//! tellers speak of them the way real systems do: each in the shape of its FHIR release (DSTU2,
//! STU3, R4) and with its vendor's habits of code, word and clock. Nothing here knows how a reader
//! joins records; every [`Sent`] says only which event it tells and which situation made it.
//!
//! What counts as one event:
//!
//! * a measurement, report, document, visit, procedure, dose of vaccine or given drug: that one
//!   happening at that one time, by whomever it is told; a corrected version is the same event;
//! * a lasting problem, an allergy: one each. A class of substances (penicillins) is not the
//!   substance (amoxicillin). A diagnosis made at a visit belongs to that visit, so it is its own
//!   event, beside the lasting problem of the same name;
//! * a medicine regimen: medicine, strength, form, route and directions. Renewals of it are the same
//!   event; another strength or other directions are another one;
//! * a claim by its own number: a claim-group number over several claims makes nothing one;
//! * a statement that something did not happen, or was refuted, is another event than the
//!   statement that it did, unless it is the same resource (same id) put right.
//!
//! `careful` lists the pairs a careful human could join from the two resources alone: the names
//! agree by a shared code or by plain words, and the time, value, directions or number that makes
//! the thing unique is said by both and agrees. Where bytes leave doubt, the pair is left out.

use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// One resource as a provider sent it.
pub(crate) struct Sent {
    /// Who sent it.
    pub teller: &'static str,
    /// "dstu2", "stu3" or "r4".
    pub release: &'static str,
    /// Bundle or file number when it came as a file; `None` from a server.
    pub file: Option<usize>,
    /// The resource, with its id.
    pub resource: Value,
    /// The true event it tells: the same number is one fact in truth.
    pub event: usize,
    /// Short name of the situation that made it.
    pub trap: &'static str,
}

/// All that was sent about one patient.
pub(crate) struct Life {
    /// Every resource, in the order it was made.
    pub sent: Vec<Sent>,
    /// Pairs of indices into `sent`, both of one event, that a careful reader could join from
    /// these bytes alone.
    pub careful: Vec<(usize, usize)>,
    /// What lasts, of which an event is one telling: the problem that a visit's diagnosis names, the
    /// medicine of one strength and form that is ordered, handed out or given.
    pub lasting: HashMap<usize, String>,
    /// Tellings that name a medicine and no strength of it: all that they tell is that it is taken.
    pub bare: HashMap<usize, String>,
    /// What each telling of a pair that was looked at gives away, and what was needed: whether two of
    /// different events differ in anything that was said.
    pub clues: HashMap<usize, (Clue, Need)>,
}

// ---------------------------------------------------------------------------------------------
// Vocabularies. One row a line, fields parted by `|`.
// ---------------------------------------------------------------------------------------------

type Row = Vec<&'static str>;

fn table(text: &'static str) -> Vec<Row> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('|').collect())
        .collect()
}

/// Entries parted by `;` or the end of a line.
fn list(text: &'static str) -> Vec<&'static str> {
    text.split([';', '\n']).map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

/// LOINC | long name | short name | other words | unit | low | high | decimals
static LABS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
2345-7|Glucose [Mass/volume] in Serum or Plasma|Glucose|Glucose, serum|mg/dL|62|260|0
2160-0|Creatinine [Mass/volume] in Serum or Plasma|Creatinine|Creatinine, serum|mg/dL|5|24|1
3094-0|Urea nitrogen [Mass/volume] in Serum or Plasma|BUN|Urea nitrogen|mg/dL|6|48|0
2951-2|Sodium [Moles/volume] in Serum or Plasma|Sodium|Sodium, serum|mmol/L|129|149|0
2823-3|Potassium [Moles/volume] in Serum or Plasma|Potassium|Potassium, serum|mmol/L|30|60|1
2075-0|Chloride [Moles/volume] in Serum or Plasma|Chloride|Chloride, serum|mmol/L|94|112|0
2028-9|Carbon dioxide, total [Moles/volume] in Serum or Plasma|CO2|Carbon dioxide, total|mmol/L|18|33|0
17861-6|Calcium [Mass/volume] in Serum or Plasma|Calcium|Calcium, total|mg/dL|80|108|1
2885-2|Protein [Mass/volume] in Serum or Plasma|Total protein|Protein, total|g/dL|55|85|1
1751-7|Albumin [Mass/volume] in Serum or Plasma|Albumin|Albumin, serum|g/dL|29|52|1
1975-2|Bilirubin.total [Mass/volume] in Serum or Plasma|Bilirubin, total|Total bilirubin|mg/dL|2|24|1
1968-7|Bilirubin.direct [Mass/volume] in Serum or Plasma|Bilirubin, direct|Direct bilirubin|mg/dL|1|9|1
6768-6|Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma|Alk phos|Alkaline phosphatase|U/L|35|190|0
1742-6|Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma|ALT|ALT (SGPT)|U/L|7|120|0
1920-8|Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma|AST|AST (SGOT)|U/L|8|110|0
2324-2|Gamma glutamyl transferase [Enzymatic activity/volume] in Serum or Plasma|GGT|Gamma GT|U/L|8|140|0
4548-4|Hemoglobin A1c/Hemoglobin.total in Blood|Hemoglobin A1c|HbA1c|%|48|112|1
2093-3|Cholesterol [Mass/volume] in Serum or Plasma|Cholesterol, total|Total cholesterol|mg/dL|118|305|0
2571-8|Triglyceride [Mass/volume] in Serum or Plasma|Triglycerides|Triglyceride|mg/dL|42|410|0
2085-9|Cholesterol in HDL [Mass/volume] in Serum or Plasma|HDL cholesterol|HDL|mg/dL|26|92|0
13457-7|Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation|LDL calculated|LDL cholesterol (calc)|mg/dL|41|212|0
18262-6|Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay|LDL direct|Direct LDL|mg/dL|41|212|0
3016-3|Thyrotropin [Units/volume] in Serum or Plasma|TSH|Thyroid stimulating hormone|u[IU]/mL|20|980|2
3024-7|Thyroxine (T4) free [Mass/volume] in Serum or Plasma|Free T4|T4, free|ng/dL|60|210|2
3051-0|Triiodothyronine (T3) Free [Mass/volume] in Serum or Plasma|Free T3|T3, free|pg/mL|18|48|1
6690-2|Leukocytes [#/volume] in Blood by Automated count|WBC|White blood cell count|10*3/uL|28|152|1
789-8|Erythrocytes [#/volume] in Blood by Automated count|RBC|Red blood cell count|10*6/uL|330|590|2
718-7|Hemoglobin [Mass/volume] in Blood|Hemoglobin|Hgb|g/dL|92|176|1
4544-3|Hematocrit [Volume Fraction] of Blood by Automated count|Hematocrit|Hct|%|290|520|1
787-2|MCV [Entitic volume] by Automated count|MCV|Mean corpuscular volume|fL|740|1040|1
785-6|MCH [Entitic mass] by Automated count|MCH|Mean corpuscular hemoglobin|pg|240|350|1
786-4|MCHC [Mass/volume] by Automated count|MCHC|Mean corpuscular Hgb concentration|g/dL|310|365|1
788-0|Erythrocyte distribution width [Ratio] by Automated count|RDW|Red cell distribution width|%|112|176|1
777-3|Platelets [#/volume] in Blood by Automated count|Platelets|Platelet count|10*3/uL|98|460|0
751-8|Neutrophils [#/volume] in Blood by Automated count|Neutrophils, absolute|Absolute neutrophil count|10*3/uL|11|98|1
731-0|Lymphocytes [#/volume] in Blood by Automated count|Lymphocytes, absolute|Absolute lymphocyte count|10*3/uL|6|44|1
742-7|Monocytes [#/volume] in Blood by Automated count|Monocytes, absolute|Absolute monocyte count|10*3/uL|1|12|1
711-2|Eosinophils [#/volume] in Blood by Automated count|Eosinophils, absolute|Absolute eosinophil count|10*3/uL|0|9|1
5902-2|Prothrombin time (PT)|Prothrombin time|PT|s|95|340|1
6301-6|INR in Platelet poor plasma by Coagulation assay|INR|PT-INR|{INR}|9|42|1
14979-9|aPTT in Platelet poor plasma by Coagulation assay|aPTT|Partial thromboplastin time, activated|s|220|480|1
2276-4|Ferritin [Mass/volume] in Serum or Plasma|Ferritin|Ferritin, serum|ng/mL|8|420|0
2498-4|Iron [Mass/volume] in Serum or Plasma|Iron|Iron, serum|ug/dL|22|180|0
2500-7|Iron binding capacity [Mass/volume] in Serum or Plasma|TIBC|Iron binding capacity|ug/dL|210|470|0
2132-9|Cobalamin (Vitamin B12) [Mass/volume] in Serum or Plasma|Vitamin B12|B-12|pg/mL|140|1150|0
2284-8|Folate [Mass/volume] in Serum or Plasma|Folate|Folic acid, serum|ng/mL|28|240|1
1989-3|25-hydroxyvitamin D3 [Mass/volume] in Serum or Plasma|25-OH vitamin D3|Vitamin D3, 25-hydroxy|ng/mL|80|690|1
62292-8|25-hydroxyvitamin D3+25-hydroxyvitamin D2 [Mass/volume] in Serum or Plasma|Vitamin D, 25-OH, total|25-hydroxyvitamin D, total|ng/mL|90|720|1
2857-1|Prostate specific Ag [Mass/volume] in Serum or Plasma|PSA|Prostate specific antigen|ng/mL|10|990|2
1988-5|C reactive protein [Mass/volume] in Serum or Plasma|CRP|C-reactive protein|mg/L|2|640|1
30522-7|C reactive protein [Mass/volume] in Serum or Plasma by High sensitivity method|hs-CRP|High sensitivity CRP|mg/L|2|98|1
30341-2|Erythrocyte sedimentation rate|ESR|Sed rate|mm/h|1|74|0
3084-1|Urate [Mass/volume] in Serum or Plasma|Uric acid|Urate|mg/dL|28|99|1
2532-0|Lactate dehydrogenase [Enzymatic activity/volume] in Serum or Plasma|LDH|Lactate dehydrogenase|U/L|98|340|0
2157-6|Creatine kinase [Enzymatic activity/volume] in Serum or Plasma|CK|Creatine kinase, total|U/L|31|560|0
10839-9|Troponin I.cardiac [Mass/volume] in Serum or Plasma|Troponin I|Cardiac troponin I|ng/mL|1|84|2
30934-4|Natriuretic peptide B [Mass/volume] in Serum or Plasma|BNP|B-type natriuretic peptide|pg/mL|8|640|0
33762-6|Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma|NT-proBNP|N-terminal proBNP|pg/mL|21|1900|0
19123-9|Magnesium [Mass/volume] in Serum or Plasma|Magnesium|Magnesium, serum|mg/dL|14|27|1
2777-1|Phosphate [Mass/volume] in Serum or Plasma|Phosphorus|Phosphate, inorganic|mg/dL|21|56|1
3040-3|Lipase [Enzymatic activity/volume] in Serum or Plasma|Lipase|Lipase, serum|U/L|11|190|0
1798-8|Amylase [Enzymatic activity/volume] in Serum or Plasma|Amylase|Amylase, serum|U/L|24|170|0
2731-8|Parathyrin.intact [Mass/volume] in Serum or Plasma|PTH, intact|Intact parathyroid hormone|pg/mL|11|140|0
14957-5|Microalbumin [Mass/volume] in Urine|Microalbumin, urine|Urine microalbumin|mg/L|2|290|0
9318-7|Albumin/Creatinine [Mass Ratio] in Urine|Albumin/creatinine ratio, urine|Urine ACR|mg/g{creat}|2|310|0
5811-5|Specific gravity of Urine by Test strip|Specific gravity, urine|Urine specific gravity|{ratio}|1001|1034|3
2756-5|pH of Urine|pH, urine|Urine pH|[pH]|50|85|1
33914-3|Glomerular filtration rate/1.73 sq M.predicted by MDRD|eGFR (MDRD)|Estimated GFR, MDRD|mL/min/{1.73_m2}|31|118|0
2143-6|Cortisol [Mass/volume] in Serum or Plasma|Cortisol|Cortisol, serum|ug/dL|31|242|1
2986-8|Testosterone [Mass/volume] in Serum or Plasma|Testosterone, total|Total testosterone|ng/dL|118|870|0
")
});

/// As [`LABS`], for vital signs.
static VITALS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
8867-4|Heart rate|Pulse|Heart rate|/min|52|118|0
9279-1|Respiratory rate|Respirations|Resp rate|/min|11|24|0
8310-5|Body temperature|Temperature|Temp|Cel|358|391|1
29463-7|Body weight|Weight|Body weight measured|kg|610|1180|1
8302-2|Body height|Height|Body height measured|cm|1710|1795|1
39156-5|Body mass index (BMI) [Ratio]|BMI|Body mass index|kg/m2|210|370|1
2708-6|Oxygen saturation in Arterial blood|SpO2|Oxygen saturation|%|90|100|0
72514-3|Pain severity - 0-10 verbal numeric rating [Score] - Reported|Pain score|Pain severity 0-10|{score}|0|10|0
8280-0|Waist Circumference at umbilicus by Tape measure|Waist circumference|Waist|cm|80|124|0
")
});

/// Answers in words: LOINC | name | other words | answers parted by `;`
static ANSWERS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
72166-2|Tobacco smoking status NHIS|Smoking status|Former smoker;Never smoker;Current every day smoker
5778-6|Color of Urine|Urine color|Yellow;Straw;Amber
5792-7|Glucose [Presence] in Urine by Test strip|Urine glucose|Negative;Trace;1+
5804-0|Protein [Presence] in Urine by Test strip|Urine protein|Negative;Trace;2+
11475-1|Microorganism identified in Specimen by Culture|Culture|No growth;Escherichia coli;Mixed flora
94500-6|SARS-CoV-2 RNA [Presence] in Respiratory specimen by NAA|COVID-19 PCR|Not detected;Detected
80382-5|Influenza virus A Ag [Presence] in Upper respiratory specimen by Rapid immunoassay|Rapid influenza A|Negative;Positive
6558-5|Streptococcus pyogenes Ag [Presence] in Throat|Rapid strep A|Negative;Positive
")
});

/// RxNorm | ingredient | strength | form | route | directions ("oral" or texts parted by `;`) | brand | family
static MEDS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
311354|lisinopril|5 MG|Oral Tablet|oral|oral|Zestril|lisinopril
314076|lisinopril|10 MG|Oral Tablet|oral|oral|Zestril|lisinopril
314077|lisinopril|20 MG|Oral Tablet|oral|oral|Zestril|lisinopril
197885|lisinopril / hydrochlorothiazide|10-12.5 MG|Oral Tablet|oral|oral|Zestoretic|lisinopril hctz
197886|lisinopril / hydrochlorothiazide|20-12.5 MG|Oral Tablet|oral|oral|Zestoretic|lisinopril hctz
197887|lisinopril / hydrochlorothiazide|20-25 MG|Oral Tablet|oral|oral|Zestoretic|lisinopril hctz
308136|amlodipine|2.5 MG|Oral Tablet|oral|oral|Norvasc|amlodipine
197361|amlodipine|5 MG|Oral Tablet|oral|oral|Norvasc|amlodipine
308135|amlodipine|10 MG|Oral Tablet|oral|oral|Norvasc|amlodipine
898342|amlodipine / benazepril|5-10 MG|Oral Capsule|oral|oral|Lotrel|lotrel
898346|amlodipine / benazepril|5-20 MG|Oral Capsule|oral|oral|Lotrel|lotrel
898350|amlodipine / benazepril|10-20 MG|Oral Capsule|oral|oral|Lotrel|lotrel
979480|losartan potassium|25 MG|Oral Tablet|oral|oral|Cozaar|losartan
979492|losartan potassium|50 MG|Oral Tablet|oral|oral|Cozaar|losartan
979468|losartan potassium / hydrochlorothiazide|50-12.5 MG|Oral Tablet|oral|oral|Hyzaar|losartan
861007|metformin hydrochloride|500 MG|Oral Tablet|oral|oral|Glucophage|metformin
861004|metformin hydrochloride|1000 MG|Oral Tablet|oral|oral|Glucophage|metformin
860975|metformin hydrochloride|500 MG|Extended Release Oral Tablet|oral|oral|Glucophage XR|metformin
866924|metoprolol tartrate|25 MG|Oral Tablet|oral|oral|Lopressor|metoprolol
866514|metoprolol tartrate|50 MG|Oral Tablet|oral|oral|Lopressor|metoprolol
866436|metoprolol succinate|50 MG|Extended Release Oral Tablet|oral|oral|Toprol XL|metoprolol
866427|metoprolol succinate|25 MG|Extended Release Oral Tablet|oral|oral|Toprol XL|metoprolol
993503|bupropion hydrochloride|150 MG|12 HR Extended Release (SR) Oral Tablet|oral|oral|Wellbutrin SR|bupropion
993541|bupropion hydrochloride|150 MG|24 HR Extended Release (XL) Oral Tablet|oral|oral|Wellbutrin XL|bupropion
993557|bupropion hydrochloride|300 MG|24 HR Extended Release (XL) Oral Tablet|oral|oral|Wellbutrin XL|bupropion
313582|venlafaxine|75 MG|Oral Tablet|oral|oral|Effexor|venlafaxine
313585|venlafaxine|75 MG|24 HR Extended Release Oral Capsule|oral|oral|Effexor XR|venlafaxine
617312|atorvastatin|10 MG|Oral Tablet|oral|oral|Lipitor|atorvastatin
617310|atorvastatin|20 MG|Oral Tablet|oral|oral|Lipitor|atorvastatin
617311|atorvastatin|40 MG|Oral Tablet|oral|oral|Lipitor|atorvastatin
312961|simvastatin|20 MG|Oral Tablet|oral|oral|Zocor|simvastatin
198211|simvastatin|40 MG|Oral Tablet|oral|oral|Zocor|simvastatin
310798|hydrochlorothiazide|25 MG|Oral Tablet|oral|oral|Microzide|hctz
199903|hydrochlorothiazide|12.5 MG|Oral Capsule|oral|oral|Microzide|hctz
313988|furosemide|40 MG|Oral Tablet|oral|oral|Lasix|furosemide
310429|furosemide|20 MG|Oral Tablet|oral|oral|Lasix|furosemide
966221|levothyroxine sodium|0.05 MG|Oral Tablet|oral|oral|Synthroid|levothyroxine
966222|levothyroxine sodium|0.075 MG|Oral Tablet|oral|oral|Synthroid|levothyroxine
892246|levothyroxine sodium|0.1 MG|Oral Tablet|oral|oral|Synthroid|levothyroxine
312940|sertraline|25 MG|Oral Tablet|oral|oral|Zoloft|sertraline
312941|sertraline|50 MG|Oral Tablet|oral|oral|Zoloft|sertraline
312938|sertraline|100 MG|Oral Tablet|oral|oral|Zoloft|sertraline
310385|fluoxetine|20 MG|Oral Capsule|oral|oral|Prozac|fluoxetine
310384|fluoxetine|10 MG|Oral Capsule|oral|oral|Prozac|fluoxetine
198051|omeprazole|20 MG|Delayed Release Oral Capsule|oral|oral|Prilosec|omeprazole
200329|omeprazole|40 MG|Delayed Release Oral Capsule|oral|oral|Prilosec|omeprazole
310430|gabapentin|100 MG|Oral Capsule|oral|oral|Neurontin|gabapentin
310431|gabapentin|300 MG|Oral Capsule|oral|oral|Neurontin|gabapentin
855332|warfarin sodium|5 MG|Oral Tablet|oral|oral|Coumadin|warfarin
855318|warfarin sodium|3 MG|Oral Tablet|oral|oral|Coumadin|warfarin
308416|aspirin|81 MG|Delayed Release Oral Tablet|oral|oral|Ecotrin|aspirin
212033|aspirin|325 MG|Oral Tablet|oral|oral|Bayer Aspirin|aspirin
309362|clopidogrel|75 MG|Oral Tablet|oral|oral|Plavix|
200224|montelukast|10 MG|Oral Tablet|oral|oral|Singulair|
197319|allopurinol|100 MG|Oral Tablet|oral|oral|Zyloprim|allopurinol
197320|allopurinol|300 MG|Oral Tablet|oral|oral|Zyloprim|allopurinol
308191|amoxicillin|500 MG|Oral Capsule|oral|oral|Amoxil|amoxicillin
562508|amoxicillin / clavulanate|875-125 MG|Oral Tablet|oral|oral|Augmentin|amoxicillin
308460|azithromycin|250 MG|Oral Tablet|oral|oral|Zithromax|
309309|ciprofloxacin|500 MG|Oral Tablet|oral|oral|Cipro|ciprofloxacin
309307|ciprofloxacin|0.3 %|Ophthalmic Solution|ophthalmic|Instill 1 drop into both eyes twice daily;1 gtt OU BID|Ciloxan|ciprofloxacin
1037042|ciprofloxacin|0.2 %|Otic Solution|otic|Instill 4 drops into right ear twice daily;4 gtt AD BID|Cetraxal|ciprofloxacin
312075|ofloxacin|0.3 %|Ophthalmic Solution|ophthalmic|Instill 2 drops into the affected eye four times daily;2 drops to affected eye QID|Ocuflox|ofloxacin
242446|ofloxacin|0.3 %|Otic Solution|otic|Instill 10 drops into the affected ear daily;10 drops to affected ear once daily|Floxin Otic|ofloxacin
834357|ketorolac tromethamine|10 MG|Oral Tablet|oral|oral|Toradol|ketorolac
860113|ketorolac tromethamine|30 MG/ML|Injectable Solution|intramuscular|Inject 30 mg into the muscle once;30 mg IM x1|Toradol|ketorolac
860103|ketorolac tromethamine|0.5 %|Ophthalmic Solution|ophthalmic|Instill 1 drop into left eye four times daily;1 gtt OS QID|Acular|ketorolac
105585|methotrexate|2.5 MG|Oral Tablet|oral|Take 6 tablets by mouth once a week;6 tabs PO weekly|Trexall|methotrexate
105587|methotrexate|25 MG/ML|Injectable Solution|subcutaneous|Inject 0.6 mL under the skin once a week;0.6 mL subcut weekly|Otrexup|methotrexate
313850|sumatriptan|50 MG|Oral Tablet|oral|Take 1 tablet at onset of migraine, may repeat in 2 hours;1 tab PO at onset, may repeat x1 after 2 h|Imitrex|sumatriptan
860092|sumatriptan|12 MG/ML|Injectable Solution|subcutaneous|Inject 6 mg under the skin at onset of migraine;6 mg subcut at onset of migraine|Imitrex|sumatriptan
312086|ondansetron|4 MG|Oral Tablet|oral|Take 1 tablet by mouth every 8 hours as needed for nausea;1 tab PO q8h PRN nausea|Zofran|ondansetron
104894|ondansetron|4 MG|Disintegrating Oral Tablet|oral|Take 1 tablet by mouth every 8 hours as needed for nausea;1 tab PO q8h PRN nausea|Zofran ODT|ondansetron
106892|insulin NPH / insulin regular (70/30)|100 UNT/ML|Injectable Suspension|subcutaneous|Inject 20 units under the skin before breakfast;20 units subcut qAM before breakfast|Humulin 70/30|insulin mix
259111|insulin lispro protamine / insulin lispro (75/25)|100 UNT/ML|Injectable Suspension|subcutaneous|Inject 20 units under the skin before breakfast;20 units subcut qAM before breakfast|Humalog Mix 75/25|insulin mix
242120|insulin lispro|100 UNT/ML|Injectable Solution|subcutaneous|Inject 6 units under the skin before meals;6 units subcut AC|Humalog|insulin
311041|insulin glargine|100 UNT/ML|Injectable Solution|subcutaneous|Inject 24 units under the skin at bedtime;24 units subcut qHS|Lantus|insulin
245265|cholecalciferol (vitamin D3)|1000 UNT|Oral Capsule|oral|oral|Vitamin D-3|vitamin d
994830|cholecalciferol (vitamin D3)|5000 UNT|Oral Capsule|oral|oral|Vitamin D-3|vitamin d
905412|cyanocobalamin (vitamin B-12)|0.5 MG|Oral Tablet|oral|oral|Vitamin B-12|vitamin b
309594|cyanocobalamin (vitamin B-12)|1 MG/ML|Injectable Solution|intramuscular|Inject 1 mL into the muscle once a month;1 mL IM monthly|Vitamin B-12|vitamin b
905405|cyanocobalamin (vitamin B-12)|1 MG|Oral Tablet|oral|oral|Vitamin B-12|vitamin b
857002|hydrocodone bitartrate / acetaminophen|5-325 MG|Oral Tablet|oral|oral|Norco|hydrocodone
856999|hydrocodone bitartrate / acetaminophen|10-325 MG|Oral Tablet|oral|oral|Norco|hydrocodone
1049611|oxycodone / acetaminophen|5-325 MG|Oral Tablet|oral|oral|Percocet|oxycodone
1049621|oxycodone hydrochloride|5 MG|Oral Tablet|oral|oral|Roxicodone|oxycodone
835603|tramadol hydrochloride|50 MG|Oral Tablet|oral|oral|Ultram|tramadol
833709|tramadol hydrochloride|100 MG|24 HR Extended Release Oral Tablet|oral|oral|Ultram ER|tramadol
896184|fluticasone / salmeterol|100-50 MCG|Dry Powder Inhaler|inhalation|Inhale 1 puff twice daily;1 inhalation BID|Advair Diskus|advair
896209|fluticasone / salmeterol|250-50 MCG|Dry Powder Inhaler|inhalation|Inhale 1 puff twice daily;1 inhalation BID|Advair Diskus|advair
896229|fluticasone / salmeterol|500-50 MCG|Dry Powder Inhaler|inhalation|Inhale 1 puff twice daily;1 inhalation BID|Advair Diskus|advair
745679|albuterol|90 MCG/ACTUAT|Metered Dose Inhaler|inhalation|Inhale 2 puffs every 4 hours as needed;2 puffs q4h PRN|Ventolin HFA|albuterol
630208|albuterol|0.083 %|Inhalation Solution|inhalation|Inhale 3 mL by nebulizer every 6 hours as needed;3 mL neb q6h PRN|AccuNeb|albuterol
312617|prednisone|20 MG|Oral Tablet|oral|oral|Deltasone|prednisone
312615|prednisone|10 MG|Oral Tablet|oral|oral|Deltasone|prednisone
313521|timolol|0.5 %|Ophthalmic Solution|ophthalmic|Instill 1 drop into both eyes daily;1 gtt OU daily|Timoptic|timolol
313520|timolol|0.25 %|Ophthalmic Solution|ophthalmic|Instill 1 drop into both eyes daily;1 gtt OU daily|Timoptic|timolol
833707|diltiazem hydrochloride|120 MG|24 HR Extended Release Oral Capsule|oral|oral|Cardizem CD|diltiazem
833217|diltiazem hydrochloride|120 MG|Oral Tablet|oral|oral|Cardizem|diltiazem
312504|potassium chloride|10 MEQ|Extended Release Oral Tablet|oral|oral|Klor-Con|potassium
628953|potassium chloride|20 MEQ|Extended Release Oral Tablet|oral|oral|Klor-Con|potassium
197806|ibuprofen|600 MG|Oral Tablet|oral|oral|Motrin|ibuprofen
197807|ibuprofen|800 MG|Oral Tablet|oral|oral|Motrin|ibuprofen
198440|acetaminophen|500 MG|Oral Tablet|oral|oral|Tylenol|
")
});

/// Oral directions: times a day (0: said in words only) | when | how many | full words | short words
static SIGS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
1||1|Take 1 {u} by mouth daily|1 {u} PO daily
2||1|Take 1 {u} by mouth twice daily|1 {u} PO BID
3||1|Take 1 {u} by mouth three times daily|1 {u} PO TID
1|HS|1|Take 1 {u} by mouth at bedtime|1 {u} PO qHS
1|ACM|1|Take 1 {u} by mouth every morning before breakfast|1 {u} PO qAM before breakfast
1||2|Take 2 {u}s by mouth daily|2 {u}s PO daily
2||2|Take 2 {u}s by mouth twice daily|2 {u}s PO BID
1|HS|2|Take 2 {u}s by mouth at bedtime|2 {u}s PO qHS
0||1|Take 1 {u} by mouth every other day|1 {u} PO every other day
",
    )
});

/// CVX | name | other words
static VACCINES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
03|MMR|measles, mumps and rubella virus vaccine
08|Hep B, adolescent or pediatric|hepatitis B vaccine, pediatric or adolescent dosage
43|Hep B, adult|hepatitis B vaccine, adult dosage
52|Hep A, adult|hepatitis A vaccine, adult dosage
83|Hep A, ped/adol, 2 dose|hepatitis A vaccine, pediatric/adolescent, 2 dose
104|Hep A-Hep B|Twinrix (hepatitis A and hepatitis B vaccine)
10|IPV|poliovirus vaccine, inactivated
20|DTaP|diphtheria, tetanus toxoids and acellular pertussis vaccine
09|Td (adult), 2 Lf tetanus toxoid, preservative free, adsorbed|Td (adult), adsorbed
113|Td (adult) preservative free|Td adult, preservative free (5 Lf)
115|Tdap|tetanus, diphtheria and acellular pertussis vaccine (Tdap)
21|varicella|varicella virus vaccine
121|zoster live|Zostavax (zoster vaccine, live)
187|zoster recombinant|Shingrix (zoster vaccine recombinant)
33|pneumococcal polysaccharide PPV23|Pneumovax 23 (PPSV23)
133|Pneumococcal conjugate PCV 13|Prevnar 13 (PCV13)
215|Pneumococcal conjugate PCV15|Vaxneuvance (PCV15)
216|Pneumococcal conjugate PCV20|Prevnar 20 (PCV20)
140|Influenza, split virus, trivalent, PF|influenza, seasonal, injectable, preservative free
141|Influenza, split virus, trivalent, preservative|influenza, seasonal, injectable
150|Influenza, split virus, quadrivalent, PF|influenza, injectable, quadrivalent, preservative free
158|Influenza, injectable, quadrivalent|influenza, injectable, quadrivalent, contains preservative
135|Influenza, high-dose, trivalent, PF|influenza, high dose seasonal (Fluzone HD)
197|Influenza, high-dose, quadrivalent, PF|Fluzone High-Dose Quadrivalent
168|Influenza, adjuvanted, trivalent, PF|Fluad (trivalent influenza, adjuvanted)
205|Influenza, adjuvanted, quadrivalent, PF|Fluad Quadrivalent
149|Influenza, live, intranasal, quadrivalent|FluMist Quadrivalent
171|Influenza, MDCK, quadrivalent, PF|Flucelvax Quadrivalent (MDCK, preservative free)
185|Influenza, recombinant, quadrivalent, PF|Flublok Quadrivalent
62|HPV, quadrivalent|Gardasil (HPV4)
165|HPV9|Gardasil 9 (HPV 9-valent)
114|meningococcal MCV4P|Menactra (MCV4P)
136|Meningococcal MCV4O|Menveo (MCV4O)
162|meningococcal B, recombinant|Trumenba (MenB-FHbp)
163|meningococcal B, OMV|Bexsero (MenB-4C)
207|COVID-19, mRNA, LNP-S, PF, 100 mcg/0.5 mL dose|Moderna COVID-19 vaccine, 100 mcg/0.5 mL
208|COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose|Pfizer-BioNTech COVID-19 vaccine, 30 mcg/0.3 mL
211|COVID-19, subunit, rS-nanoparticle+Matrix-M1 Adjuvant, PF, 0.5 mL|Novavax COVID-19 vaccine
212|COVID-19 vaccine, vector-nr, rS-Ad26, PF, 0.5 mL|Janssen COVID-19 vaccine
229|COVID-19, mRNA, LNP-S, bivalent, PF, 50 mcg/0.5 mL|Moderna COVID-19 bivalent
300|COVID-19, mRNA, LNP-S, bivalent, PF, 30 mcg/0.3 mL|Pfizer-BioNTech COVID-19 bivalent
101|typhoid, ViCPs|Typhim Vi (typhoid Vi polysaccharide)
25|typhoid, oral|Vivotif (typhoid, oral)
37|yellow fever|YF-Vax (yellow fever vaccine, live)
18|rabies, intramuscular injection|rabies vaccine, IM
134|Japanese Encephalitis IM|Ixiaro (Japanese encephalitis)
48|Hib (PRP-T)|Haemophilus influenzae type b, PRP-T conjugate
303|RSV, recombinant, protein subunit RSVpreF, adjuvant reconstituted, 0.5 mL, PF|Arexvy (RSV vaccine)
305|RSV, bivalent, protein subunit RSVpreF, diluent reconstituted, 0.5 mL, PF|Abrysvo (RSV vaccine)
",
    )
});

/// ICD-10-CM | SNOMED CT | name | other words | L lasting, S passing
static PROBLEMS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
I10|59621000|Essential (primary) hypertension|Essential hypertension|L
E11.9|313436004|Type 2 diabetes mellitus without complications|Type 2 diabetes mellitus without complication|L
E78.5|55822004|Hyperlipidemia, unspecified|Hyperlipidemia|L
E78.00|267432004|Pure hypercholesterolemia, unspecified|Pure hypercholesterolemia|L
E03.9|40930008|Hypothyroidism, unspecified|Hypothyroidism|L
E66.9|414916001|Obesity, unspecified|Obesity|L
E55.9|34713006|Vitamin D deficiency, unspecified|Vitamin D deficiency|L
E53.8|190634004|Deficiency of other specified B group vitamins|Vitamin B12 deficiency|L
J45.909|195967001|Unspecified asthma, uncomplicated|Asthma|L
J44.9|13645005|Chronic obstructive pulmonary disease, unspecified|COPD|L
J30.9|61582004|Allergic rhinitis, unspecified|Allergic rhinitis|L
K21.9|235595009|Gastro-esophageal reflux disease without esophagitis|GERD without esophagitis|L
K58.9|10743008|Irritable bowel syndrome without diarrhea|Irritable bowel syndrome|L
K57.30|397881000|Diverticulosis of large intestine without perforation or abscess without bleeding|Diverticulosis of colon|L
K76.0|197321007|Fatty (change of) liver, not elsewhere classified|Fatty liver|L
K44.9|84089009|Diaphragmatic hernia without obstruction or gangrene|Hiatal hernia|L
N40.0|266569009|Benign prostatic hyperplasia without lower urinary tract symptoms|BPH without LUTS|L
N18.30|433144002|Chronic kidney disease, stage 3 unspecified|CKD stage 3|L
N52.9|397803000|Male erectile dysfunction, unspecified|Erectile dysfunction|L
M17.11|239873007|Unilateral primary osteoarthritis, right knee|Osteoarthritis of right knee|L
M17.12|239873007|Unilateral primary osteoarthritis, left knee|Osteoarthritis of left knee|L
M19.90|396275006|Unspecified osteoarthritis, unspecified site|Osteoarthritis|L
M81.0|64859006|Age-related osteoporosis without current pathological fracture|Age-related osteoporosis|L
M10.9|90560007|Gout, unspecified|Gout|L
M06.9|69896004|Rheumatoid arthritis, unspecified|Rheumatoid arthritis|L
M79.7|203082005|Fibromyalgia|Fibromyalgia syndrome|L
M48.061|18347007|Spinal stenosis, lumbar region without neurogenic claudication|Lumbar spinal stenosis|L
F32.9|35489007|Major depressive disorder, single episode, unspecified|Depression|L
F41.1|21897009|Generalized anxiety disorder|GAD (generalized anxiety disorder)|L
F41.9|197480006|Anxiety disorder, unspecified|Anxiety|L
F90.9|406506008|Attention-deficit hyperactivity disorder, unspecified type|ADHD|L
F17.210|56294008|Nicotine dependence, cigarettes, uncomplicated|Cigarette nicotine dependence|L
G47.33|78275009|Obstructive sleep apnea (adult) (pediatric)|Obstructive sleep apnea|L
G47.00|193462001|Insomnia, unspecified|Insomnia|L
G43.909|37796009|Migraine, unspecified, not intractable, without status migrainosus|Migraine|L
G40.909|84757009|Epilepsy, unspecified, not intractable, without status epilepticus|Epilepsy|L
G25.81|32914008|Restless legs syndrome|RLS|L
G62.9|42658009|Polyneuropathy, unspecified|Peripheral polyneuropathy|L
G20|49049000|Parkinson's disease|Parkinson disease|L
I25.10|53741008|Atherosclerotic heart disease of native coronary artery without angina pectoris|Coronary artery disease|L
I48.0|282825002|Paroxysmal atrial fibrillation|Paroxysmal AF|L
I50.9|42343007|Heart failure, unspecified|Congestive heart failure|L
I73.9|400047006|Peripheral vascular disease, unspecified|Peripheral vascular disease|L
I35.0|60573004|Nonrheumatic aortic (valve) stenosis|Aortic valve stenosis|L
I34.0|48724000|Nonrheumatic mitral (valve) insufficiency|Mitral regurgitation|L
I83.90|128060009|Asymptomatic varicose veins of unspecified lower extremity|Varicose veins of lower extremity|L
H40.9|23986001|Unspecified glaucoma|Glaucoma|L
H25.13|193576003|Age-related nuclear cataract, bilateral|Nuclear cataract of both eyes|L
H91.90|15188001|Unspecified hearing loss, unspecified ear|Hearing loss|L
H35.30|267718000|Unspecified macular degeneration|Macular degeneration|L
L40.0|200965009|Psoriasis vulgaris|Plaque psoriasis|L
L71.9|398909004|Rosacea, unspecified|Rosacea|L
L20.9|24079001|Atopic dermatitis, unspecified|Eczema (atopic)|L
D64.9|271737000|Anemia, unspecified|Anemia|L
D50.9|87522002|Iron deficiency anemia, unspecified|Iron deficiency anemia|L
C61|399068003|Malignant neoplasm of prostate|Prostate cancer|L
C44.91|254701007|Basal cell carcinoma of skin, unspecified|Basal cell carcinoma|L
R73.03|714628002|Prediabetes|Pre-diabetes|L
Z79.01|711150003|Long term (current) use of anticoagulants|Long-term current use of anticoagulant|L
Z85.038|429699009|Personal history of other malignant neoplasm of large intestine|History of malignant neoplasm of colon|L
J06.9|54150009|Acute upper respiratory infection, unspecified|Acute URI|S
J02.9|363746003|Acute pharyngitis, unspecified|Acute pharyngitis|S
J02.0|43878008|Streptococcal pharyngitis|Strep throat|S
J01.90|15805002|Acute sinusitis, unspecified|Acute sinusitis|S
J20.9|10509002|Acute bronchitis, unspecified|Acute bronchitis|S
J18.9|233604007|Pneumonia, unspecified organism|Pneumonia|S
J11.1|6142004|Influenza due to unidentified influenza virus with other respiratory manifestations|Influenza with respiratory manifestations|S
U07.1|840539006|COVID-19|COVID-19 virus infection|S
H66.90|65363002|Otitis media, unspecified, unspecified ear|Otitis media|S
H10.9|9826008|Unspecified conjunctivitis|Conjunctivitis|S
H61.20|18070006|Impacted cerumen, unspecified ear|Cerumen impaction|S
N39.0|68566005|Urinary tract infection, site not specified|Urinary tract infection|S
K52.9|25374005|Noninfective gastroenteritis and colitis, unspecified|Gastroenteritis|S
K59.00|14760008|Constipation, unspecified|Constipation|S
R05.9|49727002|Cough, unspecified|Cough|S
R07.9|29857009|Chest pain, unspecified|Chest pain|S
R10.9|21522001|Unspecified abdominal pain|Abdominal pain|S
R51.9|25064002|Headache, unspecified|Headache|S
R53.83|84229001|Other fatigue|Fatigue|S
R42|404640003|Dizziness and giddiness|Dizziness|S
R50.9|386661006|Fever, unspecified|Fever|S
M54.50|279039007|Low back pain, unspecified|Low back pain|S
M54.2|81680005|Cervicalgia|Neck pain|S
M25.561|30989003|Pain in right knee|Right knee pain|S
M25.511|45326000|Pain in right shoulder|Right shoulder pain|S
S93.401A|44465007|Sprain of unspecified ligament of right ankle, initial encounter|Sprain of right ankle|S
S61.219A|283396008|Laceration without foreign body of unspecified finger without damage to nail, initial encounter|Finger laceration|S
L03.90|128045006|Cellulitis, unspecified|Cellulitis|S
L23.9|238575004|Allergic contact dermatitis, unspecified cause|Allergic contact dermatitis|S
B02.9|4740000|Zoster without complications|Shingles|S
T14.8XXA|283682007|Other injury of unspecified body region, initial encounter|Bite or other superficial injury|S
")
});

/// code system (R RxNorm, S SNOMED CT) | code | name | other words | M medication, F food, E environment | class it belongs to | R or S | code of class
static ALLERGENS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
R|723|Amoxicillin|Amoxil|M|Penicillins|S|764146007
R|733|Ampicillin|Ampicillin sodium|M||S|
R|2231|Cephalexin|Keflex|M|Cephalosporins|S|764020003
R|10831|Sulfamethoxazole / Trimethoprim|Bactrim|M|Sulfonamides|S|387406002
R|5640|Ibuprofen|Motrin|M|NSAIDs|S|372665008
R|7258|Naproxen|Naprosyn|M||S|
R|1191|Aspirin|Acetylsalicylic acid|M|Salicylates|S|412566001
R|2670|Codeine|Codeine phosphate|M|Opioids|S|404642006
R|7052|Morphine|Morphine sulfate|M||S|
R|29046|Lisinopril|Zestril|M|ACE inhibitors|S|372733002
R|83367|Atorvastatin|Lipitor|M|Statins (HMG-CoA reductase inhibitors)|S|372912004
R|2551|Ciprofloxacin|Cipro|M|Fluoroquinolones|S|1010205001
R|4053|Erythromycin|E-Mycin|M|Macrolides|S|428787002
R|3640|Doxycycline|Vibramycin|M|Tetracyclines|S|372809001
R|11124|Vancomycin|Vancocin|M||S|
R|8183|Phenytoin|Dilantin|M|Anticonvulsants|S|255632006
R|5956|Iohexol|Omnipaque|M|Iodinated contrast media|S|426722004
R|6387|Lidocaine|Xylocaine|M|Local anesthetics|S|373477003
R|6915|Metoclopramide|Reglan|M||S|
R|8745|Promethazine|Phenergan|M||S|
R|7454|Nitrofurantoin|Macrobid|M||S|
R|2582|Clindamycin|Cleocin|M||S|
S|256349002|Peanut|Peanuts|F|Legumes|S|227313005
S|256352005|Walnut|Walnuts|F|Tree nuts|S|13577000
S|278840001|Shrimp|Prawns|F|Shellfish|S|735029006
S|102263004|Egg|Eggs (edible)|F||S|
S|3718001|Cow's milk|Milk (cow)|F|Dairy|S|226760005
S|412071004|Wheat|Wheat (food)|F|Gluten|S|89811004
S|256350002|Almond|Almonds|F||S|
S|226934003|Strawberry|Strawberries|F||S|
S|111088007|Latex|Natural rubber latex|E||S|
S|288328004|Bee venom|Honey bee venom|E|Insect venom|S|412583005
S|260147004|House dust mite|Dust mites|E||S|
S|260152009|Cat dander|Cats (dander)|E|Animal dander|S|264287008
S|418689008|Grass pollen|Pollen, grass|E|Pollen|S|256259004
S|256277009|Ragweed pollen|Ragweed|E||S|
S|255620007|Mold|Moulds|E||S|
",
    )
});

/// CPT | SNOMED CT | name | other words | 1 when nobody has it twice a day
static PROCEDURES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table("
45378|73761001|Colonoscopy, flexible; diagnostic|Diagnostic colonoscopy|1
45385|174158000|Colonoscopy with removal of polyp by snare technique|Colonoscopy with snare polypectomy|1
43239|386831004|Esophagogastroduodenoscopy with biopsy|EGD with biopsy|1
47562|45595009|Laparoscopic cholecystectomy|Cholecystectomy, laparoscopic|1
44970|6025007|Laparoscopic appendectomy|Appendectomy, laparoscopic|1
49505|44558001|Repair initial inguinal hernia|Inguinal hernia repair|0
27447|609588000|Total knee arthroplasty|Total knee replacement|0
27130|52734007|Total hip arthroplasty|Total hip replacement|0
29881|238201005|Arthroscopy, knee, surgical; with meniscectomy|Knee arthroscopy with meniscectomy|0
66984|310607005|Extracapsular cataract removal with insertion of intraocular lens|Cataract extraction with IOL|0
93000|29303009|Electrocardiogram, routine, 12 leads, with interpretation and report|12-lead ECG|0
93306|40701008|Echocardiography, transthoracic, complete with Doppler|Transthoracic echocardiogram|0
93015|76746007|Cardiovascular stress test|Treadmill stress test|1
93458|41976001|Catheter placement in coronary artery with left heart catheterization|Left heart catheterization|1
92928|415070008|Percutaneous transcatheter placement of intracoronary stent|Coronary stent placement|0
33533|232717009|Coronary artery bypass, using arterial graft; single|CABG, single arterial graft|1
33208|307280005|Insertion of permanent pacemaker, atrial and ventricular|Dual-chamber pacemaker insertion|1
71046|399208008|Radiologic examination, chest; 2 views|Chest X-ray, 2 views|0
73562|74016001|Radiologic examination, knee; 3 views|Knee X-ray, 3 views|0
74177|419394006|CT abdomen and pelvis with contrast|CT abdomen/pelvis w contrast|0
70450|303653007|CT head or brain without contrast|CT head w/o contrast|0
70551|816077007|MRI brain without contrast|MR brain w/o contrast|0
72148|241648003|MRI lumbar spine without contrast|MR lumbar spine w/o contrast|0
76700|45036003|Ultrasound, abdominal, complete|Abdominal ultrasound, complete|0
77067|24623002|Screening mammography, bilateral|Bilateral screening mammogram|1
77080|312681000|Dual-energy X-ray absorptiometry, axial skeleton|DXA bone density scan|1
11102|240977001|Tangential biopsy of skin, single lesion|Shave biopsy of skin|0
11104|312873005|Punch biopsy of skin, single lesion|Punch biopsy|0
17000|26782000|Destruction of premalignant lesion, first lesion|Cryotherapy of actinic keratosis|0
12001|283369007|Simple repair of superficial wound, 2.5 cm or less|Laceration repair, simple|0
20610|31652009|Arthrocentesis, aspiration and/or injection, major joint|Large joint injection|0
36415|82078001|Collection of venous blood by venipuncture|Venipuncture|0
69210|63697000|Removal of impacted cerumen requiring instrumentation|Ear wax removal|0
94010|127783003|Spirometry|Pulmonary function test, spirometry|0
95810|60554003|Polysomnography, 6 or more hours|Overnight sleep study|1
52000|24139008|Cystourethroscopy|Cystoscopy|1
55700|65575008|Biopsy of prostate, needle|Needle biopsy of prostate|1
62323|231291008|Injection, lumbar epidural, with imaging guidance|Lumbar epidural steroid injection|1
64721|47534009|Neuroplasty of median nerve at carpal tunnel|Carpal tunnel release|0
92014|36228007|Ophthalmological examination, comprehensive, established patient|Comprehensive eye exam|1
97110|229065009|Therapeutic exercises, each 15 minutes|Therapeutic exercise|0
90834|75516001|Psychotherapy, 45 minutes|Psychotherapy 45 min|1
96372|76601001|Therapeutic injection, subcutaneous or intramuscular|IM or subcutaneous injection|0
D1110|34043003|Dental prophylaxis, adult|Adult dental cleaning|1
")
});

/// CPT | SNOMED CT | name | other words | class AMB, EMER, IMP, VR | minutes
static VISITS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
99213|185349003|Office visit, established patient, low complexity|Office Visit|AMB|20
99214|185349003|Office visit, established patient, moderate complexity|Office Visit|AMB|30
99203|185463005|Office visit, new patient|New Patient Visit|AMB|45
99396|390906007|Periodic preventive medicine, established patient, 40-64 years|Physical|AMB|40
99283|4525004|Emergency department visit, moderate severity|ED Visit|EMER|240
99223|32485007|Initial hospital care, high severity|Hospital Encounter|IMP|4320
99441|185317003|Telephone evaluation, 5-10 minutes|Telephone|VR|8
99442|448337001|Telemedicine consultation with patient|Video Visit|VR|20
99243|11429006|Office consultation|Consultation|AMB|40
97161|410155007|Physical therapy evaluation, low complexity|PT Evaluation|AMB|45
99385|162673000|Initial preventive medicine, new patient|General examination|AMB|45
90791|108311000|Psychiatric diagnostic evaluation|Behavioral Health Intake|AMB|60
",
    )
});

/// LOINC | name | other words
static DOCUMENTS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
11506-3|Progress note|Progress Notes
34133-9|Summarization of episode note|Continuity of Care Document
18842-5|Discharge summary|Discharge Summary note
11488-4|Consult note|Consultation note
34117-2|History and physical note|H&P
11504-8|Surgical operation note|Operative report
34111-5|Emergency department Note|ED Provider Note
51845-6|Outpatient Consult note|Outpatient consultation
57133-1|Referral note|Referral letter
34748-4|Telephone encounter Note|Telephone encounter
69730-0|Instructions|Patient instructions
59284-0|Consent Document|Consent form
28570-0|Procedure note|Procedure Notes
34746-8|Nurse Note|Nursing note
",
    )
});

/// LOINC | name | other words | LAB or RAD
static REPORTS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table(
        "
24323-8|Comprehensive metabolic 2000 panel - Serum or Plasma|Comprehensive metabolic panel|LAB
51990-0|Basic metabolic panel - Blood|Basic metabolic panel|LAB
58410-2|CBC panel - Blood by Automated count|Complete blood count|LAB
57021-8|CBC W Auto Differential panel - Blood|CBC with differential|LAB
24331-1|Lipid 1996 panel - Serum or Plasma|Lipid panel|LAB
24325-3|Hepatic function 2000 panel - Serum or Plasma|Hepatic function panel|LAB
24356-8|Urinalysis complete panel - Urine|Urinalysis, complete|LAB
50190-8|Iron and Iron binding capacity panel - Serum or Plasma|Iron and TIBC|LAB
34528-0|PT panel - Platelet poor plasma by Coagulation assay|Prothrombin time panel|LAB
630-4|Bacteria identified in Urine by Culture|Urine culture|LAB
22634-0|Pathology report gross observation|Surgical pathology|LAB
24627-2|CT Chest|Chest CT|RAD
30746-2|Portable XR Chest Views|Portable chest x-ray|RAD
36643-5|XR Chest 2 Views|Chest x-ray PA and lateral|RAD
24604-1|MG Breast Diagnostic Views|Diagnostic mammogram|RAD
30799-1|CT Brain WO contrast|Head CT without contrast|RAD
24558-9|US Abdomen|Abdominal ultrasound|RAD
42148-7|US Heart|Echocardiogram report|RAD
38268-9|DXA Skeletal system Views for bone density|Bone density report|RAD
",
    )
});

/// Names without a code that different departments give to different things.
static LOOSE_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "
XR CHEST 2 VW;US RENAL COMPLETE;CT ABD/PELVIS W CON;MR KNEE RT W/O CON;EKG 12-LEAD;HOLTER 48 HR
PULM FUNCTION TEST;STRESS TEST NUCLEAR;BONE DENSITY;ECHO COMPLETE;CULTURE THROAT;VITAMIN PANEL
THYROID PANEL;ALLERGY PANEL REGION 5;HEPATITIS PANEL;CELIAC SCREEN;HEAVY METALS;LYME AB W/RFLX;STOOL O&P
H PYLORI BREATH;SEMEN ANALYSIS;QUANTIFERON GOLD;TB SKIN TEST;AUDIOGRAM;VISUAL FIELD;FUNDUS PHOTO
NERVE CONDUCTION;SLEEP STUDY;SPIROMETRY;DEXA HIP
",
    )
});

static GOALS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "
Lose 10 pounds;Walk 30 minutes five days a week;Hemoglobin A1c below 7.0 %;Blood pressure below 130/80
Stop smoking;LDL cholesterol below 100 mg/dL;Sleep 7 hours a night;Take medicines every day
Eat five servings of vegetables a day;Check blood sugar twice a day;Reduce pain to 3/10;Return to work
Less than 2 drinks a day;Climb a flight of stairs without rest;Reduce salt to 2 g a day
",
    )
});

static PLANS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "
Diabetes self management plan;Hypertension care plan;Asthma action plan;Weight management plan
Respiratory therapy plan;Fracture care plan;Post-operative care plan;Fall prevention plan
Chronic pain plan;Wound care plan;Depression care plan;Heart failure clinic plan
",
    )
});

static TEAMS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "
Primary care team;Diabetes care team;Oncology care team;Cardiology care team;Surgical team
Home health team;Palliative care team;Behavioral health team;Orthopedic team;Case management team
",
    )
});

static PAYERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "
Medicare Part A;Medicare Part B;Medicare Part D;Aetna Choice POS II;Blue Cross PPO Gold
UnitedHealthcare HMO;Cigna Open Access Plus;Kaiser Permanente HMO;Humana Medicare Advantage
Delta Dental PPO;VSP Vision;Medicaid managed care
",
    )
});

const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const ICD10: &str = "http://hl7.org/fhir/sid/icd-10-cm";
const CPT: &str = "http://www.ama-assn.org/go/cpt";
const CVX: &str = "http://hl7.org/fhir/sid/cvx";

// ---------------------------------------------------------------------------------------------
// Dice and clock.
// ---------------------------------------------------------------------------------------------

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Times are minutes since 1970 in UTC; the patient lives in New York.
const DAY: i64 = 1440;
const FIRST_DAY: i64 = 9496; // 1996-01-01
const DAYS: usize = 10_500;

/// Vaccines and tests that did not exist before the summer of 2021 (CVX, LOINC).
const NEW: &[&str] = &["207", "208", "211", "212", "215", "216", "229", "300", "303", "305", "94500-6"];

fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// Hours New York is behind UTC (by month: summer time from April to October).
fn behind(minute: i64) -> i64 {
    if (4..=10).contains(&civil((minute - 300).div_euclid(DAY)).1) { 4 } else { 5 }
}

fn date(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

#[derive(Clone, Copy, PartialEq)]
enum Clock {
    Utc,
    UtcMillis,
    Local,
    /// Eight hours behind UTC, wherever the patient was.
    West,
    Day,
}

fn stamp(minute: i64, clock: Clock) -> String {
    let shown = match clock {
        Clock::Utc | Clock::UtcMillis => minute,
        Clock::West => minute - 8 * 60,
        Clock::Local | Clock::Day => minute - behind(minute) * 60,
    };
    let day = date(shown.div_euclid(DAY));
    let (hour, past) = (shown.rem_euclid(DAY) / 60, shown.rem_euclid(60));
    match clock {
        Clock::Utc => format!("{day}T{hour:02}:{past:02}:00Z"),
        Clock::UtcMillis => format!("{day}T{hour:02}:{past:02}:00.000Z"),
        Clock::Local => format!("{day}T{hour:02}:{past:02}:00-{:02}:00", behind(minute)),
        Clock::West => format!("{day}T{hour:02}:{past:02}:00-08:00"),
        Clock::Day => day,
    }
}

// ---------------------------------------------------------------------------------------------
// Tellers, names, what a telling gives away.
// ---------------------------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq)]
enum Vendor {
    Epic,
    Cerner,
    Athena,
    NextGen,
    Allscripts,
    Meditech,
    ClinicalWorks,
    Synthea,
    BlueButton,
    Ccda,
}

#[derive(Clone, Copy)]
struct Teller {
    name: &'static str,
    vendor: Vendor,
    release: &'static str,
    /// How many files it came as; 0 for a server.
    files: usize,
    patient: &'static str,
    clock: Clock,
}

const fn teller(
    name: &'static str,
    vendor: Vendor,
    release: &'static str,
    files: usize,
    patient: &'static str,
) -> Teller {
    let clock = match vendor {
        Vendor::Epic | Vendor::NextGen => Clock::Utc,
        Vendor::Cerner => Clock::UtcMillis,
        Vendor::BlueButton => Clock::Day,
        _ => Clock::Local,
    };
    Teller { name, vendor, release, files, patient, clock }
}

/// Who speaks, by seed. The last two of each cast are the bases of one gateway. Tellers that can
/// hand on each other's bytes (the gateway, a download of a server's data) know the patient by one id.
const CASTS: [[Teller; 6]; 3] = [
    [
        teller("epic", Vendor::Epic, "r4", 0, "eTplvxRvcd-eT1nEI8BvQRQ3"),
        teller("cerner", Vendor::Cerner, "dstu2", 0, "12724066"),
        teller("bluebutton", Vendor::BlueButton, "stu3", 0, "20140000008325"),
        teller("download", Vendor::Ccda, "r4", 30, "eTplvxRvcd-eT1nEI8BvQRQ3"),
        teller("gate-one", Vendor::NextGen, "stu3", 0, "7f3a1c"),
        teller("gate-two", Vendor::NextGen, "stu3", 0, "7f3a1c"),
    ],
    [
        teller("epic", Vendor::Epic, "stu3", 0, "Tbt3KuCY0B5PSrJvCu2j"),
        teller("meditech", Vendor::Meditech, "dstu2", 0, "a1f9c0de"),
        teller("eclinical", Vendor::ClinicalWorks, "r4", 0, "Lt2IFR6rKo"),
        teller("bundles", Vendor::Synthea, "stu3", 24, "Tbt3KuCY0B5PSrJvCu2j"),
        teller("gate-one", Vendor::Athena, "r4", 0, "a-195900.E-14914"),
        teller("gate-two", Vendor::Athena, "r4", 0, "a-195900.E-14914"),
    ],
    [
        teller("cerner", Vendor::Cerner, "r4", 0, "12742400"),
        teller("epic", Vendor::Epic, "stu3", 0, "eovSKnwDlsv-8MsEzCJO3BA3"),
        teller("bluebutton", Vendor::BlueButton, "r4", 0, "-20140000008325"),
        teller("converted", Vendor::Ccda, "dstu2", 36, "AS-19"),
        teller("gate-one", Vendor::Allscripts, "dstu2", 0, "AS-19"),
        teller("gate-two", Vendor::Allscripts, "dstu2", 0, "AS-19"),
    ],
];

impl Teller {
    fn dstu2(self) -> bool {
        self.release == "dstu2"
    }

    fn stu3(self) -> bool {
        self.release == "stu3"
    }

    fn r4(self) -> bool {
        self.release == "r4"
    }

    /// Its clock, but never by the day alone.
    fn to_the_minute(self) -> Clock {
        if self.clock == Clock::Day { Clock::Local } else { self.clock }
    }

    fn subject(self) -> Value {
        let reference = match self.vendor {
            Vendor::Synthea => format!("urn:uuid:{}", self.patient),
            _ => format!("Patient/{}", self.patient),
        };
        json!({ "reference": reference })
    }

    /// Converted C-CDA keeps some code systems as OIDs.
    fn system(self, system: &'static str) -> &'static str {
        match system {
            ICD10 if self.vendor == Vendor::Ccda => "urn:oid:2.16.840.1.113883.6.90",
            CPT if self.vendor == Vendor::Ccda => "urn:oid:2.16.840.1.113883.6.12",
            other => other,
        }
    }

    /// The same terminology, where HL7 moved it between releases.
    fn terms(self, name: &str) -> String {
        match self.r4() {
            true => format!("http://terminology.hl7.org/CodeSystem/{name}"),
            false => format!("http://hl7.org/fhir/{name}"),
        }
    }

    fn local(self, what: &str) -> String {
        match self.vendor {
            Vendor::Epic => {
                format!("urn:oid:1.2.840.114350.1.13.412.2.7.2.{}", 600_000 + hash(what) % 99_999)
            }
            Vendor::Cerner => format!("https://fhir.cerner.com/ec2458f2-1e24-41c8/{what}"),
            Vendor::Athena | Vendor::NextGen | Vendor::Allscripts => {
                format!("https://gateway.example.org/{what}")
            }
            _ => format!("https://{}.example.org/{what}", self.name),
        }
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// What a thing is called: standard codes (first the usual one), and words that mean the same.
struct Concept {
    codes: Vec<(&'static str, String)>,
    names: Vec<String>,
}

fn concept(codes: &[(&'static str, &str)], names: &[&str]) -> Concept {
    let codes = codes.iter().filter(|(_, code)| !code.is_empty());
    Concept {
        codes: codes.map(|(system, code)| (*system, (*code).to_string())).collect(),
        names: names.iter().map(|name| (*name).to_string()).collect(),
    }
}

/// A concept as one teller says it.
struct Name {
    /// What it is about, whatever it is called.
    what: u64,
    said: Value,
    codes: Vec<String>,
    words: bool,
}

fn words_only(text: &str) -> Name {
    Name { what: hash(&text.to_lowercase()), said: json!({ "text": text }), codes: vec![], words: true }
}

/// A code that says only what sort of thing it is, with or without words of its own.
fn vague(system: &str, code: &str, display: &str, text: Option<&str>) -> Name {
    let coding = json!([{ "system": system, "code": code, "display": display }]);
    Name {
        what: hash(&text.unwrap_or(display).to_lowercase()),
        said: json!({ "coding": coding, "text": text }),
        codes: vec![],
        words: text.is_some(),
    }
}

/// A time as one teller says it.
struct When {
    text: Option<String>,
    minute: Option<i64>,
}

fn when_as(minute: i64, clock: Clock) -> When {
    When { text: Some(stamp(minute, clock)), minute: (clock != Clock::Day).then_some(minute) }
}

/// What a telling gives away to a careful reader.
#[derive(Clone)]
pub(crate) struct Clue {
    what: u64,
    at: usize,
    codes: Vec<String>,
    words: bool,
    minute: Option<i64>,
    /// The date as written, in whatever zone.
    day: Option<String>,
    value: Option<String>,
    /// A number that belongs to this event only.
    mark: Option<String>,
}

impl Life {
    /// A careful reader would have joined the two, whatever is true: they are the same test or event, and no
    /// word, time, value or number tells them apart. One may be called by its code alone and the other by that
    /// code's words: whoever has the code system at hand reads one name.
    pub(crate) fn alike(&self, one: usize, other: usize) -> bool {
        let (Some((a, _)), Some((b, _))) = (self.clues.get(&one), self.clues.get(&other)) else {
            return false;
        };
        let (a, b) = (&Clue { words: true, ..a.clone() }, &Clue { words: true, ..b.clone() });
        a.what == b.what && (joins(a, b, Need::Moment) || joins(a, b, Need::Daily))
    }
}

fn clue(name: &Name, when: &When, value: Option<String>) -> Clue {
    let day = when.text.as_ref().map(|text| text.chars().take(10).collect());
    Clue {
        what: name.what,
        at: 0,
        codes: name.codes.clone(),
        words: name.words,
        minute: when.minute,
        day,
        value,
        mark: None,
    }
}

/// What must agree, beside the name, before a careful reader joins two tellings.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Need {
    /// The minute without differing values, or the day and the value.
    Moment,
    /// The minute, without differing values.
    Minute,
    /// The minute and a value said by both.
    Whole,
    /// The day: nobody has it twice a day.
    Daily,
    /// The day and a value said by both.
    DayAndValue,
    /// A value said by both: what lasts needs no date.
    State,
    /// Nothing but its own number.
    Number,
}

fn joins(a: &Clue, b: &Clue, need: Need) -> bool {
    if a.mark.is_some() && a.mark == b.mark {
        return true;
    }
    let named = (a.words && b.words) || a.codes.iter().any(|code| b.codes.contains(code));
    let minute = a.minute.is_some() && a.minute == b.minute;
    let day = a.day.is_some() && a.day == b.day;
    let same = a.value.is_some() && a.value == b.value;
    let clash = a.value.is_some() && b.value.is_some() && a.value != b.value;
    named
        && match need {
            Need::Moment => (minute && !clash) || (day && same),
            Need::Minute => minute && !clash,
            Need::Whole => minute && same,
            Need::Daily => day && !clash,
            Need::DayAndValue => day && same,
            Need::State => same,
            Need::Number => false,
        }
}

/// Drops null and empty members, so that a shape can say `null` for what a release does not have.
fn trim(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(trim);
            map.retain(|_, v| !v.is_null() && *v != json!({}));
        }
        Value::Array(list) => list.iter_mut().for_each(trim),
        _ => {}
    }
}

fn with(mut base: Value, more: Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more);
    }
    base
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// `[value]` or `value`: what became a list in a later release.
fn list_if(many: bool, value: Value) -> Value {
    if many { json!([value]) } else { value }
}

// ---------------------------------------------------------------------------------------------
// Shapes: one function a resource, right for each release.
// ---------------------------------------------------------------------------------------------

fn observation(t: Teller, category: &str, name: &Name, when: &When, status: &str, more: Value) -> Value {
    let category = coded(&t.terms("observation-category"), category);
    let base = json!({
        "resourceType": "Observation", "status": status, "category": list_if(!t.dstu2(), category),
        "code": name.said, "subject": t.subject(), "effectiveDateTime": when.text,
    });
    with(base, more)
}

/// `kind` is "problem", "visit" or "" (not said).
fn condition(
    t: Teller,
    name: &Name,
    kind: &str,
    onset: Option<String>,
    recorded: &When,
    sure: &str,
) -> Value {
    let code = match (kind, t.release) {
        ("problem", "dstu2") => "problem",
        ("visit", "dstu2") => "diagnosis",
        ("problem", _) => "problem-list-item",
        _ => "encounter-diagnosis",
    };
    let system = match (kind, t.release) {
        ("problem", "dstu2") => "http://argonaut.hl7.org".to_string(),
        _ => t.terms("condition-category"),
    };
    let category = if kind.is_empty() { Value::Null } else { list_if(!t.dstu2(), coded(&system, code)) };
    let status = if sure == "confirmed" { json!("active") } else { Value::Null };
    let base = json!({ "resourceType": "Condition", "code": name.said, "category": category, "onsetDateTime": onset });
    let day = recorded.text.as_ref().map(|text| text[..10].to_string());
    let more = match t.release {
        "dstu2" => {
            json!({ "patient": t.subject(), "dateRecorded": day, "clinicalStatus": status, "verificationStatus": sure })
        }
        "stu3" => {
            json!({ "subject": t.subject(), "assertedDate": recorded.text, "clinicalStatus": status, "verificationStatus": sure })
        }
        _ => json!({
            "subject": t.subject(), "recordedDate": recorded.text,
            "clinicalStatus": if status.is_null() { status } else { coded(&t.terms("condition-clinical"), "active") },
            "verificationStatus": coded(&t.terms("condition-ver-status"), sure),
        }),
    };
    with(base, more)
}

fn allergy(t: Teller, name: &Name, kind: &str, recorded: &When, reaction: Option<&str>, sure: &str) -> Value {
    let category = match kind {
        "M" => "medication",
        "F" => "food",
        _ => "environment",
    };
    let reaction = reaction.map(|text| json!([{ "manifestation": [{ "text": text }] }]));
    let base = json!({ "resourceType": "AllergyIntolerance", "patient": t.subject(), "type": "allergy", "reaction": reaction });
    let active = sure == "confirmed";
    let more = match t.release {
        "dstu2" => json!({
            "substance": name.said, "category": category,
            "status": if active { "confirmed" } else { sure }, "recordedDate": recorded.text, "criticality": "CRITL",
        }),
        "stu3" => json!({
            "code": name.said, "category": [category], "clinicalStatus": active.then_some("active"),
            "verificationStatus": sure, "assertedDate": recorded.text, "criticality": "low",
        }),
        _ => json!({
            "code": name.said, "category": [category], "recordedDate": recorded.text, "criticality": "low",
            "clinicalStatus": active.then(|| coded(&t.terms("allergyintolerance-clinical"), "active")),
            "verificationStatus": coded(&t.terms("allergyintolerance-verification"), sure),
        }),
    };
    with(base, more)
}

fn dosage(t: Teller, text: Option<&str>, sig: &Sig, route: &str, statement: bool) -> Value {
    let unit = if t.dstu2() { "periodUnits" } else { "periodUnit" };
    let mut timing = json!({ "repeat": { "frequency": sig.frequency, "period": 1, unit: "d" } });
    if !sig.at.is_empty() {
        timing["repeat"]["when"] = list_if(!t.dstu2(), json!(sig.at));
    }
    let quantity = json!({ "value": sig.amount, "unit": sig.unit });
    let structured = text.is_some() && sig.frequency > 0;
    let mut dose = json!({
        "text": text, "timing": structured.then_some(timing),
        "route": text.is_some().then(|| json!({ "text": route })),
    });
    match t.release {
        "dstu2" if statement => dose["quantityQuantity"] = quantity,
        "dstu2" | "stu3" => dose["doseQuantity"] = quantity,
        _ => dose["doseAndRate"] = json!([{ "doseQuantity": quantity }]),
    }
    if !structured {
        for key in ["quantityQuantity", "doseQuantity", "doseAndRate"] {
            dose[key] = Value::Null;
        }
    }
    if text.is_some() { json!([dose]) } else { Value::Null }
}

fn order(t: Teller, name: &Name, when: &When, doses: Value, status: &str) -> Value {
    let kind = if t.dstu2() { "MedicationOrder" } else { "MedicationRequest" };
    let base = json!({ "resourceType": kind, "status": status, "medicationCodeableConcept": name.said, "dosageInstruction": doses });
    let more = match t.release {
        "dstu2" => json!({ "patient": t.subject(), "dateWritten": when.text }),
        "stu3" => json!({
            "subject": t.subject(), "intent": "order", "authoredOn": when.text,
            "requester": { "agent": { "display": "Provider, Family Medicine" } },
        }),
        _ => json!({
            "subject": t.subject(), "intent": "order", "authoredOn": when.text, "reportedBoolean": false,
            "requester": { "display": "Provider, Family Medicine" },
        }),
    };
    with(base, more)
}

fn statement(t: Teller, name: &Name, when: &When, doses: Value, taken: bool) -> Value {
    let base = json!({
        "resourceType": "MedicationStatement", "medicationCodeableConcept": name.said, "dosage": doses,
        "effectivePeriod": when.text.as_ref().map(|text| json!({ "start": text })),
    });
    let why = json!([{ "text": "Patient stopped by own choice" }]);
    let why = if taken { Value::Null } else { why };
    let status = if taken { "active" } else { "completed" };
    let more = match t.release {
        "dstu2" => {
            json!({ "patient": t.subject(), "status": status, "wasNotTaken": !taken, "reasonNotTaken": why })
        }
        "stu3" => {
            json!({ "subject": t.subject(), "status": status, "taken": if taken { "y" } else { "n" }, "reasonNotTaken": why })
        }
        _ => {
            json!({ "subject": t.subject(), "status": if taken { "active" } else { "not-taken" }, "statusReason": why })
        }
    };
    with(base, more)
}

fn administration(t: Teller, name: &Name, when: &When, dose: &str, given: bool) -> Value {
    let why = if given { Value::Null } else { json!([{ "text": "Patient refused" }]) };
    let base = json!({ "resourceType": "MedicationAdministration", "medicationCodeableConcept": name.said, "dosage": { "text": dose } });
    let more = match t.release {
        "dstu2" => json!({
            "patient": t.subject(), "status": "completed", "wasNotGiven": !given, "reasonNotGiven": why,
            "effectiveTimeDateTime": when.text,
        }),
        "stu3" => json!({
            "subject": t.subject(), "status": "completed", "notGiven": !given, "reasonNotGiven": why, "effectiveDateTime": when.text,
        }),
        _ => json!({
            "subject": t.subject(), "status": if given { "completed" } else { "not-done" }, "statusReason": why,
            "effectiveDateTime": when.text,
        }),
    };
    with(base, more)
}

fn dispense(t: Teller, name: &Name, when: &When, days: i64) -> Value {
    let subject = if t.dstu2() { "patient" } else { "subject" };
    json!({
        "resourceType": "MedicationDispense", "status": "completed", subject: t.subject(), "medicationCodeableConcept": name.said,
        "whenHandedOver": when.text, "daysSupply": { "value": days, "unit": "days" }, "quantity": { "value": days },
    })
}

fn immunization(t: Teller, name: &Name, when: &When, given: bool, dose: Option<i64>) -> Value {
    let why = json!({ "text": "Patient objection" });
    let base = json!({ "resourceType": "Immunization", "vaccineCode": name.said, "patient": t.subject() });
    let more = match t.release {
        "dstu2" => json!({
            "status": "completed", "date": when.text, "wasNotGiven": !given, "reported": false,
            "explanation": (!given).then(|| json!({ "reasonNotGiven": [why] })),
            "vaccinationProtocol": dose.map(|n| json!([{ "doseSequence": n, "series": "Primary" }])),
        }),
        "stu3" => json!({
            "status": "completed", "date": when.text, "notGiven": !given, "primarySource": true,
            "explanation": (!given).then(|| json!({ "reasonNotGiven": [why] })),
            "vaccinationProtocol": dose.map(|n| json!([{ "doseSequence": n, "series": "Primary" }])),
        }),
        _ => json!({
            "status": if given { "completed" } else { "not-done" }, "occurrenceDateTime": when.text, "primarySource": true,
            "statusReason": (!given).then_some(why),
            "protocolApplied": dose.map(|n| json!([{ "doseNumberPositiveInt": n, "series": "Primary" }])),
        }),
    };
    with(base, more)
}

fn procedure(
    t: Teller,
    name: &Name,
    when: &When,
    end: Option<String>,
    site: Option<&str>,
    done: bool,
) -> Value {
    let mut base = json!({
        "resourceType": "Procedure", "code": name.said, "subject": t.subject(), "status": "completed",
        "bodySite": site.map(|text| json!([{ "text": text }])),
    });
    match end {
        Some(end) => base["performedPeriod"] = json!({ "start": when.text, "end": end }),
        None => base["performedDateTime"] = json!(when.text),
    }
    let why = json!({ "text": "Procedure declined by patient" });
    let more = match t.release {
        _ if done => json!({}),
        "dstu2" => json!({ "notPerformed": true, "reasonNotPerformed": [why] }),
        "stu3" => json!({ "notDone": true, "notDoneReason": why }),
        _ => json!({ "status": "not-done", "statusReason": why }),
    };
    with(base, more)
}

fn encounter(t: Teller, name: &Name, class: &str, start: &When, end: Option<String>) -> Value {
    let (old, word) = match class {
        "EMER" => ("emergency", "emergency"),
        "IMP" => ("inpatient", "inpatient encounter"),
        "VR" => ("virtual", "virtual"),
        _ => ("outpatient", "ambulatory"),
    };
    let system = if t.r4() {
        "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    } else {
        "http://hl7.org/fhir/v3/ActCode"
    };
    let class =
        if t.dstu2() { json!(old) } else { json!({ "system": system, "code": class, "display": word }) };
    let subject = if t.dstu2() { "patient" } else { "subject" };
    json!({
        "resourceType": "Encounter", "status": "finished", "class": class, "type": [name.said], subject: t.subject(),
        "period": start.text.as_ref().map(|text| json!({ "start": text, "end": end })),
    })
}

fn report(t: Teller, name: &Name, section: &str, when: &When, more: Value) -> Value {
    let table =
        if t.r4() { "http://terminology.hl7.org/CodeSystem/v2-0074" } else { "http://hl7.org/fhir/v2/0074" };
    let who = json!({ "display": "Regional Diagnostics" });
    let performer = match t.release {
        "dstu2" => who,
        "stu3" => json!([{ "actor": who }]),
        _ => json!([who]),
    };
    let base = json!({
        "resourceType": "DiagnosticReport", "status": "final", "category": list_if(t.r4(), coded(table, section)),
        "code": name.said, "subject": t.subject(), "effectiveDateTime": when.text, "issued": when.minute.map(|m| stamp(m + 45, t.clock)),
        "performer": performer,
    });
    with(base, more)
}

fn document(t: Teller, name: &Name, when: &When, author: Option<&str>, url: String) -> Value {
    let mut attachment = json!({ "contentType": "text/html", "url": url });
    if t.vendor == Vendor::Ccda {
        attachment = json!({ "contentType": "application/xml", "url": url, "title": "Document" });
    }
    let base = json!({
        "resourceType": "DocumentReference", "status": "current", "type": name.said, "subject": t.subject(),
        "author": author.map(|who| json!([{ "display": who }])), "content": [{ "attachment": attachment }],
    });
    let more = match t.release {
        "dstu2" | "stu3" => json!({ "created": when.text, "indexed": when.text }),
        _ => {
            json!({ "date": when.text, "docStatus": "final", "category": [coded("http://loinc.org", "LP173421-1")] })
        }
    };
    with(base, more)
}

fn claim(
    t: Teller,
    bill: bool,
    kind: &str,
    day: i64,
    service: &str,
    cents: i64,
    numbers: Vec<Value>,
) -> Value {
    let money = |cents: i64| match t.r4() {
        true => json!({ "value": cents as f64 / 100.0, "currency": "USD" }),
        false => {
            json!({ "value": cents as f64 / 100.0, "code": "USD", "system": "urn:iso:std:iso:4217" })
        }
    };
    let service = coded(CPT, service);
    let mut item = json!({ "sequence": 1, "servicedDate": date(day), "net": money(cents) });
    item[if t.r4() { "productOrService" } else { "service" }] = service;
    let base = json!({
        "resourceType": if bill { "Claim" } else { "ExplanationOfBenefit" }, "identifier": numbers, "status": "active",
        "patient": t.subject(), "type": { "text": kind }, "billablePeriod": { "start": date(day), "end": date(day) },
        "created": date(day + 9), "item": [item],
    });
    let more = match (t.release, bill) {
        ("r4", true) => {
            json!({ "use": "claim", "total": money(cents), "provider": { "display": "Clinic" } })
        }
        ("r4", false) => json!({
            "use": "claim", "outcome": "complete", "provider": { "display": "Clinic" }, "insurer": { "display": "Payer" },
            "total": [{ "category": { "text": "submitted" }, "amount": money(cents) }],
        }),
        (_, true) => json!({ "use": "complete", "total": money(cents) }),
        (_, false) => json!({ "totalCost": money(cents), "disposition": "01" }),
    };
    with(base, more)
}

fn care_plan(t: Teller, name: &str, when: &When, end: Option<String>) -> Value {
    let category = if t.dstu2() {
        coded("http://argonaut.hl7.org", "assess-plan")
    } else {
        json!({ "text": "Assessment and plan" })
    };
    let base = json!({
        "resourceType": "CarePlan", "status": "active", "subject": t.subject(), "category": [category],
        "period": { "start": when.text, "end": end },
    });
    with(
        base,
        if t.dstu2() { json!({ "description": name }) } else { json!({ "intent": "plan", "title": name }) },
    )
}

/// DSTU2 has no CareTeam: there a team is a CarePlan of its own category.
fn care_team(t: Teller, name: &str, when: &When, member: &str) -> Value {
    let member = json!({ "display": member });
    let period = json!({ "start": when.text });
    if t.dstu2() {
        return json!({
            "resourceType": "CarePlan", "status": "active", "subject": t.subject(), "description": name, "period": period,
            "category": [coded("http://argonaut.hl7.org", "careteam")], "participant": [{ "member": member }],
        });
    }
    let role = list_if(t.r4(), json!({ "text": "Physician" }));
    json!({
        "resourceType": "CareTeam", "status": "active", "name": name, "subject": t.subject(), "period": period,
        "participant": [{ "role": role, "member": member }],
    })
}

fn goal(t: Teller, text: &str, when: &When) -> Value {
    let base = json!({ "resourceType": "Goal", "subject": t.subject(), "startDate": when.text });
    let more = match t.release {
        "dstu2" => json!({ "description": text, "status": "in-progress" }),
        "stu3" => json!({ "description": { "text": text }, "status": "in-progress" }),
        _ => json!({ "description": { "text": text }, "lifecycleStatus": "active" }),
    };
    with(base, more)
}

fn coverage(t: Teller, payer: &str, member: &str, when: &When, end: &str) -> Value {
    let base = json!({
        "resourceType": "Coverage", "period": when.text.as_ref().map(|text| json!({ "start": text, "end": end })),
    });
    let more = match t.release {
        "dstu2" => {
            json!({ "issuer": { "display": payer }, "subscriberId": { "value": member }, "plan": payer, "subscriber": t.subject() })
        }
        "stu3" => json!({
            "status": "active", "beneficiary": t.subject(), "payor": [{ "display": payer }], "subscriberId": member,
            "grouping": { "plan": payer },
        }),
        _ => json!({
            "status": "active", "beneficiary": t.subject(), "payor": [{ "display": payer }], "subscriberId": member,
            "class": [{ "type": coded("http://terminology.hl7.org/CodeSystem/coverage-class", "plan"), "value": payer }],
        }),
    };
    with(base, more)
}

// ---------------------------------------------------------------------------------------------
// The world: the life so far, and how a telling gets out.
// ---------------------------------------------------------------------------------------------

/// Directions of a medicine: the same in fuller and in shorter words.
#[derive(Clone)]
struct Sig {
    /// Times a day; 0 when only the words say it.
    frequency: i64,
    at: &'static str,
    amount: i64,
    unit: &'static str,
    texts: Vec<String>,
}

/// One order of a regimen.
struct Script {
    event: usize,
    row: &'static Row,
    sig: Sig,
    minute: i64,
    trap: &'static str,
}

struct World {
    dice: Dice,
    cast: [Teller; 6],
    life: Life,
    events: usize,
    serial: u64,
    /// Days and keys already taken, so that no two events look alike by accident.
    used: HashSet<String>,
    /// The file everything goes into while it is set (twins of one bundle).
    bundle: Option<usize>,
    /// The patient's lasting problems (rows of [`PROBLEMS`]), seen again and again at visits.
    lasting: Vec<&'static Row>,
    /// Codes of lasting problems diagnosed at visits so far, and when.
    diagnosed: Vec<(&'static str, i64)>,
    problems_told: usize,
    allergies_told: usize,
}

impl World {
    fn event(&mut self) -> usize {
        self.events += 1;
        self.events - 1
    }

    /// That the event is a telling of something that lasts.
    fn of(&mut self, event: usize, what: &str, row: &Row) {
        self.life.lasting.insert(event, format!("{what} {}", row[0]));
    }

    fn once(&mut self, key: String) -> bool {
        self.used.insert(key)
    }

    /// A time in office hours, on a day without another event of this name the day before or after.
    fn moment(&mut self, what: &str) -> i64 {
        let skip = if NEW.contains(&what) { 9_300 } else { 0 };
        let mut day = 0;
        for _ in 0..400 {
            day = FIRST_DAY + (skip + self.dice.below(DAYS - skip)) as i64;
            if (day - 1..=day + 1).all(|d| !self.used.contains(&format!("{what} {d}"))) {
                break;
            }
        }
        self.used.insert(format!("{what} {day}"));
        day * DAY + self.dice.between(13 * 60, 20 * 60)
    }

    fn row(&mut self, rows: &'static [Row]) -> &'static Row {
        self.dice.pick(rows)
    }

    /// One to `most` tellers (the second gateway base only ever echoes the first).
    fn tellers(&mut self, most: usize, fit: fn(Teller) -> bool) -> Vec<Teller> {
        let mut list: Vec<Teller> = self.cast[..5].iter().copied().filter(|t| fit(*t)).collect();
        self.dice.shuffle(&mut list);
        let count = 1 + [0, 0, 0, 1, 1, 1, 1, 2, 2, 2][self.dice.below(10)];
        list.truncate(count.min(most));
        list
    }

    fn say(&mut self, t: Teller, what: &Concept) -> Name {
        let what_is = hash(&what.names[0]);
        let mut words = self.dice.pick(&what.names).clone();
        if self.dice.chance(if t.vendor == Vendor::Epic { 25 } else { 8 }) {
            words = words.to_uppercase();
        }
        let key = |(system, code): &(&str, String)| format!("{system}|{code}");
        let coding = |(system, code): &(&'static str, String), shown: Option<&str>| json!({ "system": t.system(system), "code": code, "display": shown });
        let (first, last) = (what.codes.first(), what.codes.last());
        let roll = self.dice.below(100) + if t.vendor == Vendor::Meditech { 20 } else { 0 };
        let (Some(first), Some(last)) = (first, last) else {
            return Name { what: what_is, ..words_only(&words) };
        };
        match roll {
            0..=39 => Name {
                what: what_is,
                said: json!({ "coding": [coding(first, Some(&words))], "text": words }),
                codes: vec![key(first)],
                words: true,
            },
            40..=54 => Name {
                what: what_is,
                said: json!({ "coding": [coding(last, Some(&words))] }),
                codes: vec![key(last)],
                words: true,
            },
            55..=66 => {
                let all: Vec<Value> = what.codes.iter().map(|code| coding(code, None)).collect();
                Name {
                    what: what_is,
                    said: json!({ "coding": all, "text": words }),
                    codes: what.codes.iter().map(key).collect(),
                    words: true,
                }
            }
            67..=71 => Name {
                what: what_is,
                said: json!({ "coding": [coding(first, None)] }),
                codes: vec![key(first)],
                words: false,
            },
            72..=82 => {
                let system = t.local("item");
                let code = (hash(&format!("{system} {}", what.names[0])) % 9_999_999).to_string();
                let local = json!({ "system": system, "code": code, "display": words });
                Name {
                    what: what_is,
                    said: json!({ "coding": [local], "text": words }),
                    codes: vec![],
                    words: true,
                }
            }
            _ => Name { what: what_is, ..words_only(&words) },
        }
    }

    fn when(&mut self, t: Teller, minute: i64) -> When {
        let dated = self.dice.chance(if t.vendor == Vendor::Meditech { 30 } else { 8 });
        when_as(minute, if dated { Clock::Day } else { t.clock })
    }

    fn new_id(&mut self, t: Teller) -> String {
        self.serial += 1;
        let (serial, noise) = (self.serial, self.dice.next());
        match t.vendor {
            Vendor::Epic => format!("e{:x}.{serial:x}Q3", noise >> 8),
            Vendor::Cerner => format!("{}", 4_000_000_000 + serial * 7),
            Vendor::Athena => format!("a-195900.item-{serial}"),
            Vendor::NextGen | Vendor::Allscripts => format!("{:08x}{serial:08x}", noise as u32),
            Vendor::BlueButton => format!("carrier--{}", 10_000_000 + serial),
            Vendor::ClinicalWorks => format!("Lt{serial}-{}", noise % 1000),
            _ => format!(
                "{:08x}-{:04x}-4{:03x}-8{:03x}-{serial:012x}",
                noise as u32,
                (noise >> 32) as u16,
                noise >> 52,
                (noise >> 40) & 0xfff
            ),
        }
    }

    /// Sends one resource, with the habits of its vendor; says where it is and what its number is.
    fn send(
        &mut self,
        t: Teller,
        event: usize,
        trap: &'static str,
        mut resource: Value,
    ) -> (usize, Option<String>) {
        let kind = resource["resourceType"].as_str().unwrap_or_default().to_string();
        // What comes with an id is another version or an echo: it is sent as it is.
        let fresh = resource.get("id").is_none();
        if fresh {
            resource["id"] = json!(self.new_id(t));
        }
        let numbered = [
            "Observation",
            "Condition",
            "Procedure",
            "Encounter",
            "DiagnosticReport",
            "Immunization",
            "AllergyIntolerance",
        ];
        let mut mark = None;
        if fresh
            && resource.get("identifier").is_none()
            && numbered.contains(&kind.as_str())
            && self.dice.chance(60)
        {
            let number = (70_000_000 + self.serial).to_string();
            mark = Some(format!("{} {number}", t.local(&kind)));
            resource["identifier"] = json!([{ "system": t.local(&kind), "value": number }]);
        }
        if fresh && matches!(t.vendor, Vendor::Cerner | Vendor::Allscripts | Vendor::BlueButton) {
            let minute = 27_000_000 + self.dice.below(900_000) as i64;
            let shown = format!("<div><p><b>{kind}</b></p><p>Okafor, Daniel</p></div>");
            resource["text"] = json!({ "status": "generated", "div": shown });
            resource["meta"] = json!({ "versionId": "1", "lastUpdated": stamp(minute, Clock::UtcMillis) });
        }
        trim(&mut resource);
        let mut file = None;
        if t.files > 0 {
            file = Some(self.bundle.unwrap_or_else(|| self.dice.below(t.files)));
        }
        self.life.sent.push(Sent { teller: t.name, release: t.release, file, resource, event, trap });
        (self.life.sent.len() - 1, mark)
    }

    /// One telling; what the first gateway base tells, the second often repeats under another id.
    fn tell(
        &mut self,
        t: Teller,
        event: usize,
        trap: &'static str,
        resource: Value,
        mut given: Clue,
        told: &mut Vec<Clue>,
    ) {
        let (at, mark) = self.send(t, event, trap, resource);
        given.at = at;
        given.mark = given.mark.or(mark);
        told.push(given.clone());
        if t.name != "gate-one" || !self.dice.chance(55) {
            return;
        }
        let other = self.cast[5];
        let mut echo = self.life.sent[at].resource.clone();
        echo["id"] = json!(self.new_id(other));
        if echo.get("meta").is_some() {
            echo["meta"]["versionId"] = json!("2");
        }
        given.at = self.send(other, event, trap, echo).0;
        told.push(given);
    }

    fn pair(&mut self, told: &[Clue], need: Need) {
        for (i, a) in told.iter().enumerate() {
            self.life.clues.insert(a.at, (a.clone(), need));
            for b in &told[i + 1..] {
                if joins(a, b, need) {
                    self.life.careful.push((a.at, b.at));
                }
            }
        }
    }

    // ----- measurements -----

    fn raw(&mut self, row: &Row) -> i64 {
        let (low, high) = (row[5].parse().unwrap_or(0), row[6].parse().unwrap_or(9));
        self.dice.between(low, high)
    }

    /// A value in one of the ways to write it: zeros, unit spellings, a quantity or words.
    fn quantity(&mut self, row: &Row, raw: i64) -> Value {
        let places: usize = row[7].parse().unwrap_or(0);
        let mut text = plain(row, raw);
        match self.dice.below(4) {
            0 if places > 0 => text = text.trim_end_matches('0').trim_end_matches('.').to_string(),
            1 => text = if places > 0 { format!("{text}0") } else { format!("{text}.0") },
            _ => {}
        }
        let spellings: &[&str] = match row[4] {
            "mg/dL" => &["mg/dL", "mg/dl", "MG/DL"],
            "g/dL" => &["g/dL", "gm/dL", "G/DL"],
            "10*3/uL" => &["10*3/uL", "K/uL", "x10E3/uL", "10^3/uL"],
            "10*6/uL" => &["10*6/uL", "M/uL", "x10E6/uL"],
            "U/L" => &["U/L", "IU/L", "units/L"],
            "mmol/L" => &["mmol/L", "mMol/L", "MMOL/L"],
            "u[IU]/mL" => &["u[IU]/mL", "uIU/mL", "mIU/L"],
            "ug/dL" => &["ug/dL", "mcg/dL"],
            "s" => &["s", "sec", "seconds"],
            "/min" => &["/min", "bpm", "beats/min"],
            "Cel" => &["Cel", "degC", "C"],
            "fL" => &["fL", "fl"],
            "{INR}" | "{ratio}" | "{score}" | "[pH]" => &[""],
            unit => &[unit],
        };
        let unit = *self.dice.pick(spellings);
        if self.dice.chance(6) {
            return json!({ "valueString": format!("{text} {unit}").trim() });
        }
        let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        let mut quantity = json!({ "value": value });
        if !unit.is_empty() {
            quantity["unit"] = json!(unit);
        }
        if self.dice.chance(60) {
            quantity["system"] = json!("http://unitsofmeasure.org");
            quantity["code"] = json!(row[4]);
        }
        json!({ "valueQuantity": quantity })
    }

    fn measure(
        &mut self,
        row: &'static Row,
        minute: i64,
        raw: i64,
        trap: &'static str,
        need: Need,
        clocks: &[Clock],
    ) {
        let event = self.event();
        let category = if VITALS.contains(row) { "vital-signs" } else { "laboratory" };
        let what = concept(&[(LOINC, row[0])], &row[1..4]);
        let accession = self.dice.chance(30).then(|| format!("L{event}-{}", raw + 1000));
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let name = self.say(t, &what);
            let when = match clocks {
                [] => self.when(t, minute),
                some => when_as(minute, *self.dice.pick(some)),
            };
            let less = self.dice.chance(7);
            let more = if less { json!({}) } else { self.quantity(row, raw) };
            let mut resource = observation(t, category, &name, &when, "final", more);
            if !less && self.dice.chance(30) {
                let high = if raw * 2 > row[5].parse().unwrap_or(0) + row[6].parse().unwrap_or(0) {
                    "H"
                } else {
                    "N"
                };
                let flag = coded(
                    if t.r4() {
                        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
                    } else {
                        "http://hl7.org/fhir/v2/0078"
                    },
                    high,
                );
                resource["interpretation"] = list_if(t.r4(), flag);
            }
            let mut given = clue(&name, &when, (!less).then(|| plain(row, raw)));
            if let Some(number) =
                accession.as_ref().filter(|_| category == "laboratory" && self.dice.chance(70))
            {
                resource["identifier"] =
                    json!([{ "system": "urn:oid:2.16.840.1.113883.3.72.5.24", "value": number }]);
                given.mark = Some(number.clone());
            }
            self.tell(t, event, trap, resource, given, &mut told);
        }
        self.pair(&told, need);
    }

    fn lab(&mut self) {
        let row = self.row(&LABS);
        let (minute, raw) = (self.moment(row[0]), self.raw(row));
        self.measure(row, minute, raw, "lab", Need::Moment, &[]);
    }

    fn vital(&mut self) {
        let row = self.row(&VITALS);
        let (minute, raw) = (self.moment(row[0]), self.raw(row));
        self.measure(row, minute, raw, "vital", Need::Minute, &[]);
    }

    /// Late in the evening: the date in New York is not the date in UTC.
    fn late_lab(&mut self) {
        let row = self.row(&LABS);
        let (minute, raw) = (self.moment(row[0]) / DAY * DAY + 25 * 60 + 17, self.raw(row));
        self.measure(
            row,
            minute,
            raw,
            "date-vs-zone",
            Need::Moment,
            &[Clock::Utc, Clock::Local, Clock::West, Clock::Day],
        );
    }

    /// The same measurement again, minutes apart: each is its own.
    fn repeated(&mut self) {
        let vital = self.dice.chance(70);
        let row = if vital { self.row(&VITALS) } else { self.row(&LABS) };
        let mut minute = self.moment(row[0]);
        let raw = self.raw(row);
        for _ in 0..self.dice.between(2, 4) {
            let raw = if self.dice.chance(40) { raw } else { self.raw(row) };
            self.measure(row, minute, raw, "minutes-apart", Need::Minute, &[]);
            minute += self.dice.between(3, 25);
        }
    }

    fn answer(&mut self) {
        let row = self.row(&ANSWERS);
        let (minute, event) = (self.moment(row[0]), self.event());
        let answer = *self.dice.pick(&row[3].split(';').collect::<Vec<_>>());
        let category = if row[0] == "72166-2" { "social-history" } else { "laboratory" };
        let what = concept(&[(LOINC, row[0])], &row[1..3]);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let more = match self.dice.chance(50) {
                true => json!({ "valueCodeableConcept": { "text": answer } }),
                false => json!({ "valueString": answer }),
            };
            let given = clue(&name, &when, Some(answer.to_string()));
            self.tell(
                t,
                event,
                "answer",
                observation(t, category, &name, &when, "final", more),
                given,
                &mut told,
            );
        }
        self.pair(&told, Need::Minute);
    }

    fn pressure(&mut self) {
        let (minute, event) = (self.moment("pressure"), self.event());
        let (high, low) = (self.dice.between(98, 178), self.dice.between(52, 96));
        let what = concept(
            &[(LOINC, "85354-9")],
            &["Blood pressure panel with all children optional", "Blood pressure", "BP"],
        );
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let unit = *self.dice.pick(&["mm[Hg]", "mmHg", "mm Hg"]);
            let part = |code: &str, shown: &str, value: i64| {
                json!({
                    "code": { "coding": [{ "system": LOINC, "code": code, "display": shown }] },
                    "valueQuantity": { "value": value, "unit": unit },
                })
            };
            let parts = json!([
                part("8480-6", "Systolic blood pressure", high),
                part("8462-4", "Diastolic blood pressure", low)
            ]);
            let given = clue(&name, &when, Some(format!("{high}/{low}")));
            let resource =
                observation(t, "vital-signs", &name, &when, "final", json!({ "component": parts }));
            self.tell(t, event, "blood-pressure", resource, given, &mut told);
        }
        self.pair(&told, Need::Moment);
    }

    /// A result put right later: by the same id in a later file, or by number at another teller.
    fn correction(&mut self) {
        let row = self.row(&LABS);
        let (minute, wrong, right, event) = (self.moment(row[0]), self.raw(row), self.raw(row), self.event());
        let what = concept(&[(LOINC, row[0])], &row[1..3]);
        let file_teller = self.cast[..5].iter().copied().find(|t| t.files > 0);
        let number =
            json!([{ "system": "urn:oid:2.16.840.1.113883.3.72.5.24", "value": format!("C{event}") }]);
        let status = |t: Teller| if t.dstu2() { "amended" } else { "corrected" };
        let (first, second) = match file_teller {
            Some(t) if self.dice.chance(50) => (t, t),
            _ => {
                let pair = self.tellers(3, |_| true);
                (pair[0], *pair.last().unwrap_or(&pair[0]))
            }
        };
        let mut name = self.say(first, &what);
        let when = when_as(minute, first.clock);
        let mut resource = observation(first, "laboratory", &name, &when, "final", self.quantity(row, wrong));
        resource["identifier"] = number;
        self.bundle = (first.files > 0).then(|| self.dice.below(first.files / 2));
        let (at, _) = self.send(first, event, "correction", resource);
        if first.name == second.name && first.files == 0 {
            self.bundle = None;
            return;
        }
        let mut later = self.life.sent[at].resource.clone();
        if let Some(map) = later.as_object_mut() {
            map.retain(|key, _| !key.starts_with("value"));
        }
        let value = self.quantity(row, right);
        if first.name == second.name {
            self.bundle = self.bundle.map(|file| file + first.files / 2);
            later["status"] = json!(status(first));
            later = with(later, value);
        } else {
            self.bundle = None;
            name = self.say(second, &what);
            let number = later["identifier"].clone();
            later = observation(
                second,
                "laboratory",
                &name,
                &when_as(minute, second.clock),
                status(second),
                value,
            );
            later["identifier"] = number;
        }
        let (corrected, _) = self.send(second, event, "correction", later);
        self.life.careful.push((at, corrected));
        self.bundle = None;
    }

    // ----- visits, diagnoses, problems -----

    fn visit(&mut self) {
        let row = self.row(&VISITS);
        let (minute, event) = (self.moment("visit"), self.event());
        let end = minute + row[5].parse::<i64>().unwrap_or(20) + self.dice.between(0, 12);
        let what = concept(&[(CPT, row[0]), (SNOMED, row[1])], &row[2..4]);
        let (mut told, mut seen) = (vec![], vec![]);
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let close = self
                .dice
                .chance(80)
                .then(|| stamp(end, if when.minute.is_some() { t.clock } else { Clock::Day }));
            let sure = (close.is_some() && when.minute.is_some()).then(|| end.to_string());
            let given = clue(&name, &when, sure);
            let at = self.life.sent.len();
            self.tell(t, event, "visit", encounter(t, &name, row[4], &when, close), given, &mut told);
            let id = self.life.sent[at].resource["id"].as_str().unwrap_or_default().to_string();
            let start = if t.vendor == Vendor::Synthea { "urn:uuid:" } else { "Encounter/" };
            seen.push((t, format!("{start}{id}")));
        }
        self.pair(&told, Need::Whole);
        let mut rows: Vec<&'static Row> = vec![];
        for _ in 0..[0, 0, 1, 1, 2, 3][self.dice.below(6)] {
            let row = if self.dice.chance(60) { *self.dice.pick(&self.lasting) } else { self.row(&PROBLEMS) };
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        for row in rows {
            self.diagnosis(row, minute, &seen);
        }
    }

    fn diagnosis(&mut self, row: &'static Row, minute: i64, seen: &[(Teller, String)]) {
        if !self.once(format!("{} {}", row[0], minute / DAY)) {
            return;
        }
        self.diagnosed.push((row[0], minute));
        let event = self.event();
        self.of(event, "problem", row);
        let trap = if row[4] == "L" { "visit-diagnosis" } else { "visit-diagnosis-passing" };
        let what = concept(&[(ICD10, row[0]), (SNOMED, row[1])], &row[2..4]);
        let mut told = vec![];
        for (t, visit) in seen {
            let name = self.say(*t, &what);
            let when = when_as(minute, if self.dice.chance(60) { Clock::Day } else { t.clock });
            let kind = if self.dice.chance(88) { "visit" } else { "" };
            let onset = self.dice.chance(25).then(|| stamp(minute, Clock::Day));
            let mut resource = condition(*t, &name, kind, onset, &when, "confirmed");
            resource[if t.stu3() { "context" } else { "encounter" }] = json!({ "reference": visit });
            let given = clue(&name, &when, (!kind.is_empty()).then(|| kind.to_string()));
            self.tell(*t, event, trap, resource, given, &mut told);
        }
        self.pair(&told, Need::DayAndValue);
    }

    fn lasting_problem(&mut self) {
        let lasting: Vec<&'static Row> = PROBLEMS.iter().filter(|row| row[4] == "L").collect();
        let Some(row) = lasting.get(self.problems_told).copied() else {
            return;
        };
        self.problems_told += 1;
        let event = self.event();
        self.of(event, "problem", row);
        // Often it came onto the list at the very visit that found it.
        let found = self.diagnosed.iter().find(|(code, _)| *code == row[0]).filter(|_| self.dice.chance(50));
        let spread = if found.is_some() { 0 } else { 2000 };
        let began = found.map_or(FIRST_DAY * DAY + 900, |(_, minute)| *minute);
        let began = if spread > 0 { began + self.dice.below(DAYS) as i64 * DAY } else { began };
        let mut what = concept(&[(ICD10, row[0]), (SNOMED, row[1])], &row[2..4]);
        let trap = if self.dice.chance(40) { "suffix" } else { "lasting-problem" };
        if trap == "suffix" {
            let suffix = *self.dice.pick(&[" (CMS/HCC)", " (HCC)", " (DIAGNOSTIC)"]);
            what.names.push(format!("{}{suffix}", row[2]));
            what.names.push(format!("{}{suffix}", row[3]));
        }
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let name = self.say(t, &what);
            let recorded = when_as(began + self.dice.between(0, spread) * DAY, t.clock);
            let onset = self.dice.chance(60).then(|| stamp(began, Clock::Day));
            let kind = if self.dice.chance(85) { "problem" } else { "" };
            let given = clue(&name, &recorded, (!kind.is_empty()).then(|| kind.to_string()));
            self.tell(
                t,
                event,
                trap,
                condition(t, &name, kind, onset, &recorded, "confirmed"),
                given,
                &mut told,
            );
        }
        self.pair(&told, Need::State);
    }

    /// One vague code on many different things of one day.
    fn vague_code(&mut self) {
        let minute = self.moment("vague");
        let shape = self.dice.below(4);
        let sides = ["Left arm", "Right arm", "Left leg", "Right leg"];
        let many = self.dice.between(2, 4) as usize;
        for (i, side) in sides.into_iter().take(many).enumerate() {
            let event = self.event();
            let mut told = vec![];
            for t in self.tellers(2, |_| true) {
                let when = when_as(minute + if shape == 2 { i as i64 * 30 } else { 0 }, t.to_the_minute());
                let (name, resource);
                match shape {
                    0 => {
                        name = vague(SNOMED, "185349003", "Encounter for check-up", None);
                        let end = stamp(minute + 15 + i as i64 * 20, t.to_the_minute());
                        resource = encounter(t, &name, "AMB", &when, Some(end));
                    }
                    1 => {
                        name = vague(&t.local("order"), "LAB", "Laboratory test", None);
                        let more = json!({ "conclusion": format!("See scanned page {}", i + 1) });
                        resource = report(t, &name, "LAB", &when, more);
                    }
                    2 => {
                        name = vague(&t.local("order"), "LAB", "Laboratory test", None);
                        let more = json!({ "valueQuantity": { "value": 3 + i * 7, "unit": "mg/dL" } });
                        resource = observation(t, "laboratory", &name, &when, "final", more);
                    }
                    _ => {
                        name = vague(SNOMED, "71388002", "Procedure", None);
                        resource = procedure(t, &name, &when, None, Some(side), true);
                    }
                }
                let given = clue(&name, &when, None);
                self.tell(t, event, "vague-code", resource, given, &mut told);
            }
            self.pair(&told, Need::Number);
        }
    }

    /// Several things of one minute whose code says only the category; the name is in the text.
    fn category_only(&mut self) {
        let minute = self.moment("category");
        let (shape, mixed) = (self.dice.below(3), self.dice.chance(30));
        let mut texts = LOOSE_NAMES.clone();
        self.dice.shuffle(&mut texts);
        for text in texts.into_iter().take(self.dice.between(2, 4) as usize) {
            let event = self.event();
            let shape = if mixed { self.dice.below(3) } else { shape };
            let mut told = vec![];
            for t in self.tellers(2, |_| true) {
                let when = when_as(minute, t.clock);
                let text = if self.dice.chance(30) { text.to_lowercase() } else { text.to_string() };
                let shown = (!self.dice.chance(8)).then_some(text.as_str());
                let (name, resource);
                match shape {
                    0 => {
                        name = vague(LOINC, "26436-6", "Laboratory studies (set)", shown);
                        resource = report(t, &name, "LAB", &when, json!({}));
                    }
                    1 => {
                        name = vague(SNOMED, "363679005", "Imaging", shown);
                        resource = procedure(t, &name, &when, None, None, true);
                    }
                    _ => {
                        name = vague(LOINC, "55107-7", "Addendum Document", shown);
                        let url = format!("Binary/{}", self.new_id(t));
                        resource = document(t, &name, &when, None, url);
                    }
                }
                let given = clue(&name, &when, None);
                self.tell(t, event, "category-only", resource, given, &mut told);
            }
            self.pair(&told, Need::Minute);
        }
    }

    // ----- reports, documents, claims -----

    fn some_report(&mut self) {
        let row = self.row(&REPORTS);
        let minute = self.moment(row[0]);
        self.one_report(row, minute, None, "report");
    }

    fn one_report(&mut self, row: &'static Row, minute: i64, numbers: Option<Value>, trap: &'static str) {
        let event = self.event();
        let what = concept(&[(LOINC, row[0])], &row[1..3]);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let conclusion = self.dice.chance(40).then_some("No acute findings.");
            let mut resource = report(t, &name, row[3], &when, json!({ "conclusion": conclusion }));
            if let Some(numbers) = &numbers {
                resource["identifier"] = numbers.clone();
            }
            let given = clue(&name, &when, None);
            self.tell(t, event, trap, resource, given, &mut told);
        }
        self.pair(&told, Need::Minute);
    }

    /// One order, placer or accession number over several reports.
    fn shared_order(&mut self) {
        let minute = self.moment("order");
        let mut rows: Vec<&'static Row> = REPORTS.iter().collect();
        self.dice.shuffle(&mut rows);
        let (code, word) = *self.dice.pick(&[
            ("ACSN", "Accession ID"),
            ("PLAC", "Placer Identifier"),
            ("FILL", "Filler Identifier"),
        ]);
        let number = format!("E{:09}", self.dice.below(999_999_999));
        let kind = json!({ "coding": [{ "system": "http://hl7.org/fhir/identifier-type", "code": code }], "text": word });
        let numbers =
            json!([{ "type": kind, "system": "urn:oid:1.2.840.114350.1.13.99.2", "value": number }]);
        for row in rows.into_iter().take(self.dice.between(2, 4) as usize) {
            self.one_report(row, minute, Some(numbers.clone()), "shared-order");
        }
    }

    fn some_document(&mut self) {
        let row = self.row(&DOCUMENTS);
        let (minute, event) = (self.moment(row[0]), self.event());
        let what = concept(&[(LOINC, row[0])], &row[1..3]);
        let author = *self.dice.pick(&["Ann Lee, MD", "Omar Haddad, NP", "J. Ruiz, PA-C", "Priya Shah, DO"]);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let author = self.dice.chance(75).then_some(author);
            let url = format!("Binary/{}", self.new_id(t));
            let given = clue(&name, &when, author.map(str::to_string));
            self.tell(t, event, "document", document(t, &name, &when, author, url), given, &mut told);
        }
        self.pair(&told, Need::Whole);
    }

    /// A claim group over several claims; each has its own number.
    fn claims(&mut self) {
        let first = self.moment("claim") / DAY;
        let group = format!("{}", 40_000_000_000 + self.dice.below(999_999_999));
        let bill = self.dice.chance(20);
        let kind = *self.dice.pick(&[
            "Local carrier non-durable medical equipment claim",
            "Outpatient claim",
            "Professional",
        ]);
        for i in 0..self.dice.between(1, 4) {
            let event = self.event();
            let (service, cents) = (self.row(&PROCEDURES)[0], self.dice.between(2_000, 90_000));
            let own = format!("{}", 100_000_000_000 + event as u64 * 13 + self.dice.below(9) as u64);
            let mut told = vec![];
            for t in self.tellers(2, |t| !t.dstu2()) {
                let whole = self.dice.chance(85);
                let number = |of: &str, value: &str| json!({ "system": format!("https://bluebutton.cms.gov/resources/{of}"), "value": value });
                let mut numbers = vec![number("identifier/claim-group", &group)];
                if whole {
                    numbers.insert(0, number("variables/clm_id", &own));
                }
                let resource = claim(t, bill, kind, first + i, service, cents, numbers);
                let mut given = clue(&words_only(kind), &when_as((first + i) * DAY + 900, Clock::Day), None);
                given.mark = whole.then(|| own.clone());
                self.tell(t, event, "claim-group", resource, given, &mut told);
            }
            self.pair(&told, Need::Number);
        }
    }

    // ----- medicines -----

    fn sigs(&self, row: &Row) -> Vec<Sig> {
        let unit = if row[3].contains("Capsule") { "capsule" } else { "tablet" };
        if row[5] != "oral" {
            let texts = row[5].split(';').map(str::to_string).collect();
            return vec![Sig { frequency: 0, at: "", amount: 1, unit: "dose", texts }];
        }
        let sig = |sig: &Row| Sig {
            frequency: sig[0].parse().unwrap_or(1),
            at: sig[1],
            amount: sig[2].parse().unwrap_or(1),
            unit,
            texts: sig[3..5].iter().map(|text| text.replace("{u}", unit)).collect(),
        };
        SIGS.iter().map(sig).collect()
    }

    /// Orders and statements of one regimen, one a teller.
    fn regimen(&mut self, row: &'static Row, sig: &Sig, minute: i64, trap: &'static str) {
        if !self.once(format!("regimen {} {}", row[0], sig.texts[0])) {
            return;
        }
        let event = self.event();
        let mut told = vec![];
        let script = Script { event, row, sig: sig.clone(), minute, trap };
        for t in self.tellers(3, |_| true) {
            self.prescribe(t, &script, &mut told);
        }
        self.pair(&told, Need::State);
    }

    fn prescribe(&mut self, t: Teller, script: &Script, told: &mut Vec<Clue>) {
        let Script { event, row, sig, minute, trap } = script;
        self.of(*event, "medicine", row);
        let what = medicine(row);
        let mut full = self.dice.chance(82);
        let mut name = self.say(t, &what);
        if !full && self.dice.chance(40) {
            name = words_only(row[1]);
        }
        let when = self.when(t, *minute);
        let text = (full || name.words && self.dice.chance(30)).then(|| self.dice.pick(&sig.texts).clone());
        full &= text.is_some();
        let doses = dosage(t, text.as_deref(), sig, row[4], false);
        let mut resource = match self.dice.below(10) {
            0..=2 => statement(t, &name, &when, dosage(t, text.as_deref(), sig, row[4], true), true),
            _ => order(t, &name, &when, doses, if self.dice.chance(50) { "active" } else { "completed" }),
        };
        let mut given = clue(&name, &when, full.then(|| sig.texts[0].clone()));
        // Epic points to a Medication and shows its words.
        if t.vendor == Vendor::Epic && name.words && self.dice.chance(30) {
            let shown = name.said.get("text").unwrap_or(&name.said["coding"][0]["display"]).clone();
            resource["medicationCodeableConcept"] = Value::Null;
            resource["medicationReference"] =
                json!({ "reference": format!("Medication/{}", self.new_id(t)), "display": shown });
            given.codes.clear();
        }
        let from = self.life.sent.len();
        let bare = name.codes.is_empty() && name.said["text"] == row[1] && !row[1].contains(char::is_numeric);
        let bare = bare || name.codes.is_empty() && name.said["text"] == row[1] && row[1].contains("vitamin");
        self.tell(t, *event, trap, resource, given, told);
        if bare {
            for at in from..self.life.sent.len() {
                self.life.bare.insert(at, row[1].to_string());
            }
        }
    }

    fn some_medicine(&mut self) {
        let row = self.row(&MEDS);
        let sigs = self.sigs(row);
        let (sig, minute) = (self.dice.pick(&sigs).clone(), self.moment("order"));
        self.regimen(row, &sig, minute, "medicine");
    }

    /// Two medicines that differ by strength, partner, release or route, with like directions.
    fn like_medicines(&mut self) {
        let one = self.row(&MEDS);
        let family: Vec<&'static Row> =
            MEDS.iter().filter(|row| row[7] == one[7] && row[0] != one[0]).collect();
        if one[7].is_empty() || family.is_empty() {
            return;
        }
        let other = *self.dice.pick(&family);
        let (ours, theirs) = (self.sigs(one), self.sigs(other));
        let at = self.dice.below(SIGS.len());
        let minute = self.moment("order");
        self.regimen(one, &ours[at % ours.len()], minute, "like-medicine");
        self.regimen(other, &theirs[at % theirs.len()], minute, "like-medicine");
    }

    /// One medicine at two times of day, in two amounts: two regimens.
    fn two_dosings(&mut self) {
        let injected: Vec<&'static Row> = MEDS.iter().filter(|row| row[1].contains("insulin")).collect();
        let (row, minute) = (*self.dice.pick(&injected), self.moment("order"));
        let (morning, night) = (self.dice.between(4, 60), self.dice.between(4, 60));
        let sig = |amount: i64, full: &str, short: &str, at: &'static str| Sig {
            frequency: 1,
            at,
            amount,
            unit: "units",
            texts: vec![
                format!("Inject {amount} units under the skin {full}"),
                format!("{amount} units subcut {short}"),
            ],
        };
        self.regimen(
            row,
            &sig(morning, "every morning before breakfast", "qAM before breakfast", "ACM"),
            minute,
            "two-dosings",
        );
        self.regimen(row, &sig(night, "at bedtime", "qHS", "HS"), minute, "two-dosings");
    }

    /// One regimen ordered anew year after year by one provider.
    fn renewals(&mut self) {
        let row = self.row(&MEDS);
        let short =
            ["amox", "azithro", "cipro", "oflox", "ketorolac", "prednisone", "ondansetron", "sumatriptan"];
        if short.iter().any(|name| row[1].starts_with(name)) {
            return;
        }
        let sigs = self.sigs(row);
        let sig = self.dice.pick(&sigs).clone();
        if !self.once(format!("regimen {} {}", row[0], sig.texts[0])) {
            return;
        }
        let event = self.event();
        let t = self.tellers(1, |t| t.name != "gate-one")[0];
        let mut minute = self.moment("order");
        let mut told = vec![];
        for _ in 0..self.dice.between(3, 4) {
            let script = Script { event, row, sig: sig.clone(), minute, trap: "renewal" };
            self.prescribe(t, &script, &mut told);
            minute += self.dice.between(80, 380) * DAY;
        }
        for i in 1..told.len() {
            let two = [told[i - 1].clone(), told[i].clone()];
            self.pair(&two, Need::State);
        }
    }

    fn given_drug(&mut self) {
        let row = self.row(&MEDS);
        let (what, minute) = (medicine(row), self.moment(row[0]));
        let refused = self.dice.chance(35);
        for given in [true, false].into_iter().take(1 + usize::from(refused)) {
            let event = self.event();
            self.of(event, "medicine", row);
            let trap = if refused { "negated-drug" } else { "administration" };
            let mut told = vec![];
            for t in self.tellers(2, |_| true) {
                let (name, when) = (self.say(t, &what), self.when(t, minute));
                let known = clue(&name, &when, Some(given.to_string()));
                let dose = format!("one dose of {}", row[2]);
                self.tell(t, event, trap, administration(t, &name, &when, &dose, given), known, &mut told);
            }
            self.pair(&told, Need::Whole);
        }
    }

    fn fill(&mut self) {
        let row = self.row(&MEDS);
        let (minute, event) = (self.moment(row[0]), self.event());
        self.of(event, "medicine", row);
        let (what, days) = (medicine(row), *self.dice.pick(&[30, 90, 10]));
        let mut told = vec![];
        for t in self.tellers(2, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let given = clue(&name, &when, Some(days.to_string()));
            self.tell(t, event, "dispense", dispense(t, &name, &when, days), given, &mut told);
        }
        self.pair(&told, Need::Moment);
    }

    // ----- allergies -----

    fn one_allergy(&mut self, what: &Concept, kind: &str, trap: &'static str, sure: &str) {
        let event = self.event();
        let minute = self.moment("allergy");
        let reaction = *self.dice.pick(&["Hives", "Rash", "Anaphylaxis", "Nausea", "Swelling"]);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let name = self.say(t, what);
            let when = when_as(minute + self.dice.between(0, 900) * DAY, t.clock);
            let reaction = self.dice.chance(60).then_some(reaction);
            let given = clue(&name, &when, Some(sure.to_string()));
            self.tell(t, event, trap, allergy(t, &name, kind, &when, reaction, sure), given, &mut told);
        }
        self.pair(&told, if sure == "confirmed" { Need::State } else { Need::Number });
    }

    fn some_allergy(&mut self) {
        let Some(row) = ALLERGENS.get(self.allergies_told) else {
            return;
        };
        if self.allergies_told == 0 {
            let none = concept(&[(SNOMED, "716186003")], &["No known allergies", "No known allergy", "NKA"]);
            self.one_allergy(&none, "E", "no-known", "confirmed");
            let no_drug = concept(
                &[(SNOMED, "409137002")],
                &["No known drug allergies", "No known drug allergy", "NKDA"],
            );
            self.one_allergy(&no_drug, "M", "no-known", "confirmed");
        }
        self.allergies_told += 1;
        let system = if row[0] == "R" { RXNORM } else { SNOMED };
        let mut what = concept(&[(system, row[1])], &row[2..4]);
        if self.dice.chance(25) {
            what.names.push(format!("{} (DIAGNOSTIC)", row[2]));
        }
        let trap = if row[5].is_empty() { "allergy" } else { "class-allergy" };
        self.one_allergy(&what, row[4], trap, "confirmed");
        if !row[5].is_empty() {
            let class = concept(&[(SNOMED, row[7])], &[row[5]]);
            self.one_allergy(&class, row[4], trap, "confirmed");
        }
        if self.dice.chance(30) {
            let sure = if self.dice.chance(50) { "refuted" } else { "entered-in-error" };
            self.one_allergy(&what, row[4], "negated-allergy", sure);
        }
    }

    // ----- vaccines, procedures -----

    fn vaccinate(
        &mut self,
        row: &'static Row,
        minute: i64,
        given: bool,
        dose: Option<i64>,
        trap: &'static str,
    ) {
        let event = self.event();
        let what = concept(&[(CVX, row[0])], &row[1..3]);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let dose = dose.filter(|_| self.dice.chance(60));
            let mut resource = immunization(t, &name, &when, given, dose);
            if given && self.dice.chance(25) {
                resource["lotNumber"] = json!(format!("LOT{}", 1000 + event));
            }
            self.tell(t, event, trap, resource, clue(&name, &when, None), &mut told);
        }
        self.pair(&told, Need::Daily);
    }

    fn some_vaccine(&mut self) {
        let row = self.row(&VACCINES);
        let minute = self.moment(row[0]);
        let refused = self.dice.chance(15);
        let trap = if refused { "negated-vaccine" } else { "vaccine" };
        self.vaccinate(row, minute, true, None, trap);
        if refused {
            self.vaccinate(row, minute, false, None, trap);
        }
    }

    /// Doses of one vaccine days, weeks or months apart.
    fn series(&mut self) {
        let row = self.row(&VACCINES);
        let first = self.moment(row[0]);
        let plans: [&[i64]; 5] = [&[0, 3, 7, 14], &[0, 7, 21], &[0, 28], &[0, 30, 180], &[0, 4]];
        let days = *self.dice.pick(&plans);
        for (i, day) in days.iter().enumerate() {
            let minute = first + day * DAY;
            self.used.insert(format!("{} {}", row[0], minute / DAY));
            self.vaccinate(row, minute, true, Some(i as i64 + 1), "dose-series");
        }
    }

    fn operate(&mut self, row: &'static Row, minute: i64, done: bool, trap: &'static str) {
        let event = self.event();
        let mut what = concept(&[(CPT, row[0]), (SNOMED, row[1])], &row[2..4]);
        if self.dice.chance(10) {
            what.names.push(format!("{} (DIAGNOSTIC)", row[3]));
        }
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let (name, when) = (self.say(t, &what), self.when(t, minute));
            let end =
                (done && when.minute.is_some() && self.dice.chance(25)).then(|| stamp(minute + 40, t.clock));
            let given = clue(&name, &when, Some(done.to_string()));
            self.tell(t, event, trap, procedure(t, &name, &when, end, None, done), given, &mut told);
        }
        self.pair(&told, if row[4] == "1" { Need::Daily } else { Need::Minute });
    }

    fn some_procedure(&mut self) {
        let row = self.row(&PROCEDURES);
        let minute = self.moment(row[0]);
        let undone = self.dice.chance(15);
        let trap = if undone { "negated-procedure" } else { "procedure" };
        self.operate(row, minute, true, trap);
        if undone {
            self.operate(row, minute, false, trap);
        }
    }

    /// Two ids of one minute in one bundle: visits with other ends, procedures on other sides.
    fn twins(&mut self) {
        let t = self.tellers(1, |_| true)[0];
        self.bundle = (t.files > 0).then(|| self.dice.below(t.files));
        let visits = self.dice.chance(50);
        let row = if visits { self.row(&VISITS) } else { self.row(&PROCEDURES) };
        let minute = self.moment(if visits { "visit" } else { row[0] });
        let codes = if visits || self.dice.chance(50) { (CPT, row[0]) } else { (SNOMED, row[1]) };
        let what = concept(&[codes], &row[2..4]);
        let name = self.say(t, &what);
        let when = when_as(minute, t.to_the_minute());
        for i in 0..2 {
            let event = self.event();
            let resource = match visits {
                true => {
                    encounter(t, &name, row[4], &when, Some(stamp(minute + 15 + i * 25, t.to_the_minute())))
                }
                false => procedure(t, &name, &when, None, Some(["Left", "Right"][i as usize]), true),
            };
            let mut told = vec![];
            self.tell(t, event, "twins", resource, clue(&name, &when, None), &mut told);
            self.pair(&told, Need::Number);
        }
        self.bundle = None;
    }

    /// A problem stated by one and refuted by another on the same day; a regimen taken and not
    /// taken; a resource of a file entered in error by a later file (which is the same event).
    fn negation(&mut self) {
        let shape = self.dice.below(3);
        if shape == 2 {
            return self.entered_in_error();
        }
        let problem = self.row(&PROBLEMS);
        let drug = self.row(&MEDS);
        let sigs = self.sigs(drug);
        let sig = self.dice.pick(&sigs).clone();
        if shape == 1 && !self.once(format!("regimen {} {}", drug[0], sig.texts[0])) {
            return;
        }
        let minute = self.moment(if shape == 0 { problem[0] } else { "order" });
        let what = concept(&[(ICD10, problem[0]), (SNOMED, problem[1])], &problem[2..4]);
        for yes in [true, false] {
            let event = self.event();
            if shape == 0 {
                self.of(event, "problem", problem);
            } else {
                self.of(event, "medicine", drug);
            }
            let mut told = vec![];
            for t in self.tellers(2, |_| true) {
                let name = if shape == 0 { self.say(t, &what) } else { self.say(t, &medicine(drug)) };
                let when = when_as(minute, t.clock);
                let resource = match shape {
                    0 => {
                        let sure = if yes { "confirmed" } else { "refuted" };
                        condition(t, &name, "visit", None, &when, sure)
                    }
                    _ => statement(t, &name, &when, dosage(t, Some(&sig.texts[0]), &sig, drug[4], true), yes),
                };
                let trap = if shape == 0 { "negated-problem" } else { "negated-medicine" };
                let given = clue(&name, &when, Some(yes.to_string()));
                self.tell(t, event, trap, resource, given, &mut told);
            }
            self.pair(&told, if shape == 0 { Need::DayAndValue } else { Need::Whole });
        }
    }

    fn entered_in_error(&mut self) {
        let Some(t) = self.cast[..5].iter().copied().find(|t| t.files > 0) else {
            return;
        };
        let row = self.row(&LABS);
        let (minute, event, raw) = (self.moment(row[0]), self.event(), self.raw(row));
        let name = self.say(t, &concept(&[(LOINC, row[0])], &row[1..4]));
        let when = when_as(minute, t.clock);
        let value = self.quantity(row, raw);
        let half = self.dice.below(t.files / 2);
        self.bundle = Some(half);
        let (first, _) =
            self.send(t, event, "error-same-id", observation(t, "laboratory", &name, &when, "final", value));
        let mut second = self.life.sent[first].resource.clone();
        second["status"] = json!("entered-in-error");
        self.bundle = Some(half + t.files / 2);
        let (at, _) = self.send(t, event, "error-same-id", second);
        self.bundle = None;
        self.life.careful.push((first, at));
    }

    /// One teller has the time wrong or not at all.
    fn wrong_date(&mut self) {
        let shape = self.dice.below(3);
        let row = if shape == 1 { self.row(&LABS) } else { self.row(&PROCEDURES) };
        let (minute, event) = (self.moment(if shape == 0 { "visit" } else { row[0] }), self.event());
        let codes = if shape == 1 { [(LOINC, row[0]), ("", "")] } else { [(CPT, row[0]), (SNOMED, row[1])] };
        let names = if shape == 1 { &row[1..4] } else { &row[2..4] };
        let visit = concept(&[(SNOMED, "185349003")], &["Office Visit", "Office visit"]);
        let what = concept(&codes, names);
        let raw = if shape == 1 { self.raw(row) } else { 0 };
        let mut told = vec![];
        for (i, t) in self.tellers(3, |_| true).into_iter().enumerate() {
            let name = self.say(t, if shape == 0 { &visit } else { &what });
            let mut when = when_as(minute, t.clock);
            let mut end = minute + 30;
            if i == 0 {
                match self.dice.below(4) {
                    0 => when = when_as(minute + 36_525 * DAY, t.clock),
                    1 => when = when_as(minute - 36_525 * DAY, t.clock),
                    2 if shape == 0 => end = minute - 3 * DAY,
                    _ => when = When { text: None, minute: None },
                }
            }
            let value = if shape == 1 { plain(row, raw) } else { end.to_string() };
            let resource = match shape {
                0 => encounter(t, &name, "AMB", &when, Some(stamp(end, t.clock))),
                1 => {
                    let value = self.quantity(row, raw);
                    observation(t, "laboratory", &name, &when, "final", value)
                }
                _ => procedure(t, &name, &when, None, None, true),
            };
            self.tell(t, event, "wrong-date", resource, clue(&name, &when, Some(value)), &mut told);
        }
        self.pair(&told, if shape == 1 { Need::Moment } else { Need::Whole });
    }

    // ----- copies -----

    /// The same bytes again: in a second file of the teller, or under another teller that hands on
    /// what the first has. Whoever could be joined to the original can be joined to the copy.
    fn copy(&mut self) {
        let among = self.life.sent.len();
        let mut at = self.dice.below(among);
        for _ in 0..4 {
            if self.life.sent[at].file.is_none() {
                at = self.dice.below(among);
            }
        }
        let old = &self.life.sent[at];
        if old.trap == "correction" || old.trap == "error-same-id" {
            return;
        }
        let Some(from) = self.cast.iter().copied().find(|t| t.name == old.teller) else {
            return;
        };
        let hands_on = |t: &Teller| {
            t.release == from.release && t.patient == from.patient && (t.name != from.name || t.files > 0)
        };
        let takers: Vec<Teller> = self.cast.iter().copied().filter(hands_on).collect();
        if takers.is_empty() {
            return;
        }
        let again = from.files > 0 && self.dice.chance(60);
        let to = if again { from } else { *self.dice.pick(&takers) };
        let (event, file, resource) = (old.event, old.file, old.resource.clone());
        let next = (file.unwrap_or(0) + 1 + self.dice.below(3)) % to.files.max(1);
        let next = (to.files > 0).then_some(next);
        if !self.once(format!("copy {} {next:?} {}", to.name, resource["id"]))
            || (to.name == from.name && next == file)
        {
            return;
        }
        // A copy of a copy may land where the original is.
        let there = |s: &Sent| {
            s.event == event && s.teller == to.name && s.file == next && s.resource["id"] == resource["id"]
        };
        if self.life.sent.iter().any(there) {
            return;
        }
        let trap = if to.name == from.name { "copy-second-file" } else { "copy-other-teller" };
        self.life.sent.push(Sent { teller: to.name, release: to.release, file: next, resource, event, trap });
        let new = self.life.sent.len() - 1;
        if let Some(bare) = self.life.bare.get(&at).cloned() {
            self.life.bare.insert(new, bare);
        }
        if let Some(clue) = self.life.clues.get(&at).cloned() {
            self.life.clues.insert(new, clue);
        }
        let others: Vec<usize> = self
            .life
            .careful
            .iter()
            .filter_map(|&(a, b)| (a == at).then_some(b).or((b == at).then_some(a)))
            .collect();
        self.life.careful.push((at, new));
        self.life.careful.extend(others.into_iter().map(|other| (other, new)));
    }

    // ----- plans, teams, goals, coverage -----

    fn planned(&mut self) {
        let shape = self.dice.below(4);
        let (list, trap): (&'static [&'static str], _) = match shape {
            0 => (&PLANS, "care-plan"),
            1 => (&TEAMS, "care-team"),
            2 => (&GOALS, "goal"),
            _ => (&PAYERS, "coverage"),
        };
        let text = *self.dice.pick(list);
        let (minute, event) = (self.moment(text), self.event());
        let member = *self.dice.pick(&["Ann Lee, MD", "Omar Haddad, NP", "Priya Shah, DO"]);
        let number = format!("W{:09}", self.dice.below(999_999_999));
        let ends = stamp(minute + 365 * DAY, Clock::Day);
        let mut told = vec![];
        for t in self.tellers(3, |_| true) {
            let name = match self.dice.chance(25) {
                true => words_only(&text.to_lowercase()),
                false => words_only(text),
            };
            let said = name.said["text"].as_str().unwrap_or(text).to_string();
            let when = when_as(minute, Clock::Day);
            let missing = self.dice.chance(8);
            let when = if missing { When { text: None, minute: None } } else { when };
            let resource = match shape {
                0 => care_plan(t, &said, &when, self.dice.chance(40).then(|| ends.clone())),
                1 => care_team(t, &said, &when, member),
                2 => goal(t, &said, &when),
                _ => coverage(t, &said, &number, &when, &ends),
            };
            // A DSTU2 team comes as another kind of resource: real doubt.
            let value = (shape == 1 && t.dstu2()).then_some("plan").or(Some("own"));
            let given = clue(&name, &when, value.map(str::to_string));
            self.tell(t, event, trap, resource, given, &mut told);
        }
        self.pair(&told, Need::Daily);
    }

    fn patient(&mut self) {
        let event = self.event();
        for t in self.cast {
            let resource = json!({
                "resourceType": "Patient", "id": t.patient, "birthDate": "1961-04-12", "gender": "male",
                "name": [{ "family": list_if(t.dstu2(), json!("Okafor")), "given": ["Daniel"] }],
            });
            self.send(t, event, "patient", resource);
        }
    }
}

/// A measured number with all its places.
fn plain(row: &Row, raw: i64) -> String {
    let places: usize = row[7].parse().unwrap_or(0);
    let tens = 10_i64.pow(places as u32);
    match places {
        0 => raw.to_string(),
        _ => format!("{}.{:0places$}", raw / tens, raw % tens),
    }
}

fn medicine(row: &Row) -> Concept {
    let (ingredient, strength, form, brand) = (row[1], row[2], row[3], row[6]);
    let names = [
        format!("{ingredient} {strength} {form}"),
        format!("{ingredient} {} {}", strength.to_lowercase(), form.to_lowercase()),
        format!(
            "{} ({brand}) {} {}",
            ingredient.replace(" / ", "-"),
            strength.to_lowercase(),
            form.to_lowercase()
        ),
    ];
    Concept { codes: vec![(RXNORM, row[0].to_string())], names: names.to_vec() }
}

// ---------------------------------------------------------------------------------------------
// A life.
// ---------------------------------------------------------------------------------------------

type Situation = fn(&mut World);

/// How often each situation comes, of their sum.
const SITUATIONS: &[(usize, Situation)] = &[
    (16, World::lab),
    (6, World::vital),
    (3, World::late_lab),
    (4, World::repeated),
    (3, World::answer),
    (4, World::pressure),
    (2, World::correction),
    (16, World::visit),
    (3, World::lasting_problem),
    (4, World::vague_code),
    (4, World::category_only),
    (4, World::some_report),
    (3, World::shared_order),
    (4, World::some_document),
    (3, World::claims),
    (7, World::some_medicine),
    (6, World::like_medicines),
    (2, World::two_dosings),
    (3, World::renewals),
    (2, World::given_drug),
    (1, World::fill),
    (2, World::some_allergy),
    (5, World::some_vaccine),
    (2, World::series),
    (8, World::some_procedure),
    (3, World::twins),
    (4, World::negation),
    (3, World::wrong_date),
    (8, World::copy),
    (5, World::planned),
];

/// At least `events` true events of one patient, told by several providers.
pub(crate) fn life(seed: u64, events: usize) -> Life {
    let mut dice = Dice(seed);
    let mut lasting: Vec<&'static Row> = PROBLEMS.iter().filter(|row| row[4] == "L").collect();
    dice.shuffle(&mut lasting);
    lasting.truncate(14);
    let mut world = World {
        dice,
        cast: CASTS[(seed % 3) as usize],
        life: Life {
            sent: vec![],
            careful: vec![],
            lasting: HashMap::new(),
            bare: HashMap::new(),
            clues: HashMap::new(),
        },
        events: 0,
        serial: 0,
        used: HashSet::new(),
        bundle: None,
        lasting,
        diagnosed: vec![],
        problems_told: 0,
        allergies_told: 0,
    };
    world.patient();
    let sum: usize = SITUATIONS.iter().map(|(weight, _)| weight).sum();
    while world.events < events {
        let mut roll = world.dice.below(sum);
        for (weight, situation) in SITUATIONS {
            if roll < *weight {
                situation(&mut world);
                break;
            }
            roll -= weight;
        }
    }
    world.life
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_holds_together() {
        for seed in 1..=3 {
            let life = life(seed, 6000);
            let events: HashSet<usize> = life.sent.iter().map(|sent| sent.event).collect();
            assert!(events.len() >= 6000, "{} events", events.len());
            assert!(life.sent.iter().all(|sent| sent.event < 6100));

            let mut ids = HashSet::new();
            for sent in &life.sent {
                let (kind, id) = (&sent.resource["resourceType"], &sent.resource["id"]);
                assert!(kind.is_string() && id.is_string());
                assert!(!sent.trap.is_empty());
                let key = format!("{} {:?} {kind} {id}", sent.teller, sent.file);
                assert!(ids.insert(key.clone()), "twice: {key}");
            }
            for release in ["dstu2", "stu3", "r4"] {
                let count = life.sent.iter().filter(|sent| sent.release == release).count();
                assert!(count >= 500, "{count} of {release}");
            }
            assert!(life.careful.len() >= 1000);
            for &(a, b) in &life.careful {
                assert!(a != b && life.sent[a].event == life.sent[b].event);
            }
        }
    }
}
