//! One patient's entries, told by several providers, with the topic that each belongs to in truth.
//!
//! [`topics_life`] chooses, by seed, what the person has (conditions, allergies, medicines, vaccines,
//! procedures) and lets tellers speak of each several times, in the shape of their FHIR release and
//! with their vendor's habits of word and code. The truth comes from the tables of this file alone:
//! nothing here knows how a reader groups entries.
//!
//! What counts as one topic:
//!
//! * a condition under all its names, codes, stages and complications; kinds of it that are other
//!   illnesses, a family history, a past illness, a screening and a suspicion are topics of their own;
//! * a substance of an allergy; a class only for penicillins and sulfonamide antibiotics;
//! * a medicine's ingredient, or its fixed combination, whatever strength, form, salt, brand;
//! * the disease that a vaccine is against (tetanus, diphtheria and pertussis are one; so are
//!   measles, mumps and rubella);
//! * a procedure, by whatever way in and on whatever side; another organ is another topic.
//!
//! In the tables one row is one topic, fields are parted by `|`, entries by `;`. A code is written
//! `t:E11.9=Title`, where the letter is the system: `t` ICD-10-CM, `n` ICD-9-CM, `s` SNOMED CT,
//! `r` RxNorm, `c` CVX, `p` CPT, `d` CDT.

use serde_json::{Value, json};
use std::sync::LazyLock;

/// How an entry names its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelled {
    /// By words and by a code of a known code system.
    Coded,
    /// By words only, as vendors' systems usually say them. There may be a code that says nothing.
    Words,
    /// By words only, of the unusual sort: abbreviations, misspellings, brands, Spanish, British and
    /// lay words. There may be a code that says nothing.
    Unusual,
}

/// One entry as a provider sent it.
pub(crate) struct Told {
    /// Who sent it.
    pub teller: &'static str,
    /// "dstu2", "stu3" or "r4".
    pub release: &'static str,
    /// The resource, with its id.
    pub resource: Value,
    /// The truth, such as "condition/type-2-diabetes".
    pub topic: &'static str,
    /// "problem", "allergy", "medicine", "vaccine" or "procedure".
    pub kind: &'static str,
    /// How the entry names its topic.
    pub spelled: Spelled,
}

// ---------------------------------------------------------------------------------------------
// The truth. One topic a line.
// ---------------------------------------------------------------------------------------------

/// topic | codes | usual words | unusual words | codes that are true and too wide
const CONDITIONS: &str = "
type-2-diabetes|t:E11.9=Type 2 diabetes mellitus without complications;t:E11.65=Type 2 diabetes mellitus with hyperglycemia;t:E11.42=Type 2 diabetes mellitus with diabetic polyneuropathy;t:E11.22=Type 2 diabetes mellitus with diabetic chronic kidney disease;n:250.00=Diabetes mellitus without mention of complication, type II or unspecified type, not stated as uncontrolled;s:44054006=Diabetes mellitus type 2|Type 2 diabetes mellitus;Diabetes mellitus, type 2;Type II diabetes mellitus;Diabetes mellitus type 2, controlled|DM-2;T2D;type 2 DM;DM 2, uncontrolled;diabetes mellitus tipo 2|s:73211009=Diabetes mellitus
type-1-diabetes|t:E10.9=Type 1 diabetes mellitus without complications;t:E10.65=Type 1 diabetes mellitus with hyperglycemia;t:E10.10=Type 1 diabetes mellitus with ketoacidosis without coma;n:250.01=Diabetes mellitus without mention of complication, type I [juvenile type], not stated as uncontrolled;s:46635009=Diabetes mellitus type 1|Type 1 diabetes mellitus;Diabetes mellitus, type 1;Type I diabetes mellitus|T1D;DM-1;type 1 DM;type 1 diabetic;juvenile onset DM|s:73211009=Diabetes mellitus
gestational-diabetes|t:O24.419=Gestational diabetes mellitus in pregnancy, unspecified control;t:O24.410=Gestational diabetes mellitus in pregnancy, diet controlled;s:11687002=Gestational diabetes mellitus|Gestational diabetes mellitus;Gestational diabetes;Diabetes mellitus, gestational|GDMA1;A2GDM;gest diabetes;pregnancy diabetes|s:73211009=Diabetes mellitus
prediabetes|t:R73.03=Prediabetes;s:714628002=Prediabetes|Prediabetes;Pre-diabetes|pre-DM;pre diabetes;pre-diabetic;prediabetes (A1c 6.1)|t:R73=Elevated blood glucose level
family-history-diabetes|t:Z83.3=Family history of diabetes mellitus;n:V18.0=Family history of diabetes mellitus;s:160303001=Family history of diabetes mellitus|Family history of diabetes mellitus;Family history of diabetes|FH DM;FHx diabetes;fam hx DM;family hx of diabetes|
screening-diabetes|t:Z13.1=Encounter for screening for diabetes mellitus;n:V77.1=Screening for diabetes mellitus|Screening for diabetes mellitus;Diabetes mellitus screening|DM screening;screen for diabetes;diabetes screening|
hypertension|t:I10=Essential (primary) hypertension;n:401.9=Unspecified essential hypertension;n:401.1=Benign essential hypertension;s:38341003=Hypertensive disorder, systemic arterial;s:59621000=Essential hypertension|Essential hypertension;Hypertension, essential;Primary hypertension;Hypertension;Benign essential hypertension|HBP;essential HTN;HTN, benign;hypertension, controlled;HTN - stage 1|
pulmonary-hypertension|t:I27.20=Pulmonary hypertension, unspecified;t:I27.0=Primary pulmonary hypertension;s:70995007=Pulmonary hypertension|Pulmonary hypertension;Hypertension, pulmonary;Pulmonary arterial hypertension|pulmonary HTN;pulm hypertension;PH - pulmonary hypertension;hipertensión pulmonar|
portal-hypertension|t:K76.6=Portal hypertension;n:572.3=Portal hypertension;s:34742003=Portal hypertension|Portal hypertension;Hypertension, portal|portal venous hypertension;portal hypertention;PHT (portal)|
ocular-hypertension|t:H40.059=Ocular hypertension, unspecified eye;s:4210003=Ocular hypertension|Ocular hypertension;Hypertension, ocular|ocular HTN OU;high eye pressure;ocular hypertension, both eyes;hipertensión ocular|
elevated-blood-pressure-reading|t:R03.0=Elevated blood-pressure reading, without diagnosis of hypertension|Elevated blood pressure reading without diagnosis of hypertension;Elevated BP reading, no diagnosis of HTN|elevated BP without HTN diagnosis;elevated blood pressure, no HTN;elevated BP reading;high BP reading, no dx HTN|
preeclampsia|t:O14.90=Unspecified pre-eclampsia, unspecified trimester;s:398254007=Pre-eclampsia|Pre-eclampsia;Preeclampsia|PreE;pre-E;preeclampsia w/ severe features;preclampsia;preeclampsia, mild|
hypotension|t:I95.9=Hypotension, unspecified;n:458.9=Hypotension, unspecified;s:45007003=Low blood pressure|Hypotension;Hypotension, unspecified|hypotensive;low B/P;hipotensión;hypotension NOS|
hyperlipidemia|t:E78.5=Hyperlipidemia, unspecified;t:E78.2=Mixed hyperlipidemia;n:272.4=Other and unspecified hyperlipidemia;s:55822004=Hyperlipidemia|Hyperlipidemia;Hyperlipidemia, mixed;Mixed hyperlipidemia|mixed HLD;HLP;elevated cholesterol;colesterol alto;hyperlipidemia, on statin|
hypothyroidism|t:E03.9=Hypothyroidism, unspecified;t:E03.8=Other specified hypothyroidism;n:244.9=Unspecified acquired hypothyroidism;s:40930008=Hypothyroidism|Hypothyroidism;Acquired hypothyroidism;Hypothyroidism, acquired;Primary hypothyroidism|hypo-thyroid;under active thyroid;hypothyroidism, stable;hypothyroidsm;hypothyroidism (post-ablative)|s:14304000=Disorder of thyroid gland
hyperthyroidism|t:E05.90=Thyrotoxicosis, unspecified without thyrotoxic crisis or storm;n:242.90=Thyrotoxicosis without mention of goiter or other cause, and without mention of thyrotoxic crisis or storm;s:34486009=Hyperthyroidism|Hyperthyroidism;Thyrotoxicosis;Hyperthyroidism, unspecified|hyper-thyroid;over active thyroid;overactive thyroid gland;thyrotoxic;hyperthyroidism, treated|s:14304000=Disorder of thyroid gland
thyroid-nodule|t:E04.1=Nontoxic single thyroid nodule;s:237495005=Thyroid nodule|Thyroid nodule;Nodule of thyroid gland;Solitary thyroid nodule|R thyroid nodule;thyroid nod;nodule, thyroid;L thyroid nodule 1.2 cm;thyroid lump|s:14304000=Disorder of thyroid gland
hypoparathyroidism|t:E20.9=Hypoparathyroidism, unspecified;s:36976004=Hypoparathyroidism|Hypoparathyroidism;Hypoparathyroidism, unspecified|hypoPTH;hypoparathyroid;low parathyroid;postsurgical hypoparathyroidism|
hyperparathyroidism|t:E21.3=Hyperparathyroidism, unspecified;t:E21.0=Primary hyperparathyroidism;s:66999008=Hyperparathyroidism|Hyperparathyroidism;Primary hyperparathyroidism|PHPT;primary HPT;hyperparathyroid;1° hyperparathyroidism;hiperparatiroidismo|
coronary-artery-disease|t:I25.10=Atherosclerotic heart disease of native coronary artery without angina pectoris;n:414.01=Coronary atherosclerosis of native coronary artery;s:53741008=Coronary arteriosclerosis|Coronary artery disease;Coronary atherosclerosis;Disease, coronary artery;Coronary arteriosclerosis in native artery|ASHD;CAD, native vessel;coronary dz;CAD s/p PCI;enfermedad coronaria|s:56265001=Heart disease
heart-failure|t:I50.9=Heart failure, unspecified;t:I50.22=Chronic systolic (congestive) heart failure;t:I50.32=Chronic diastolic (congestive) heart failure;n:428.0=Congestive heart failure, unspecified;s:84114007=Heart failure;s:42343007=Congestive heart failure|Congestive heart failure;Heart failure;Heart failure, congestive;Chronic systolic heart failure;Chronic diastolic heart failure|systolic HF;diastolic CHF;cardiac failure;CHF NYHA III;CHF, chronic|s:56265001=Heart disease
atrial-fibrillation|t:I48.91=Unspecified atrial fibrillation;t:I48.0=Paroxysmal atrial fibrillation;t:I48.20=Chronic atrial fibrillation, unspecified;n:427.31=Atrial fibrillation;s:49436004=Atrial fibrillation|Atrial fibrillation;Fibrillation, atrial;Paroxysmal atrial fibrillation;Persistent atrial fibrillation|PAF;atrial fib;A. fib;AF (atrial fibrillation);parox afib|s:56265001=Heart disease
atrial-flutter|t:I48.92=Unspecified atrial flutter;n:427.32=Atrial flutter;s:5370000=Atrial flutter|Atrial flutter;Flutter, atrial|A flutter;AFL (atrial flutter);atrial flutter, typical;flutter auricular|s:56265001=Heart disease
myocardial-infarction|t:I21.9=Acute myocardial infarction, unspecified;t:I21.4=Non-ST elevation (NSTEMI) myocardial infarction;t:I21.3=ST elevation (STEMI) myocardial infarction of unspecified site;s:22298006=Myocardial infarction;s:57054005=Acute myocardial infarction|Acute myocardial infarction;Myocardial infarction;Infarction, myocardial, acute|AMI;inferior STEMI;N-STEMI;myocardial infarct;ataque al corazón|s:56265001=Heart disease
old-myocardial-infarction|t:I25.2=Old myocardial infarction;n:412=Old myocardial infarction;s:1755008=Old myocardial infarction|Old myocardial infarction;History of myocardial infarction;Hx of myocardial infarction|hx MI;prior MI;s/p MI 2009;hx of heart attack;previous myocardial infarction|
angina|t:I20.9=Angina pectoris, unspecified;n:413.9=Other and unspecified angina pectoris;s:194828000=Angina pectoris|Angina pectoris;Angina;Stable angina|exertional angina;chronic stable angina;angina, stable;anginal syndrome|
aortic-stenosis|t:I35.0=Nonrheumatic aortic (valve) stenosis;s:60573004=Aortic valve stenosis|Aortic valve stenosis;Aortic stenosis;Stenosis, aortic valve|AS (aortic stenosis);aortic sten;severe aortic stenosis;aortic valve narrowing;Ao stenosis, moderate|s:56265001=Heart disease
mitral-valve-prolapse|t:I34.1=Nonrheumatic mitral (valve) prolapse;s:409712001=Mitral valve prolapse|Mitral valve prolapse;Prolapse, mitral valve|mitral prolapse;MV prolapse;prolapsed mitral valve;prolapso mitral|s:56265001=Heart disease
peripheral-vascular-disease|t:I73.9=Peripheral vascular disease, unspecified;n:443.9=Peripheral vascular disease, unspecified;s:400047006=Peripheral vascular disease|Peripheral vascular disease;Peripheral vascular disease, unspecified|peripheral vasc disease;PVD/PAD;PVD bilat legs;peripheral vascular dz;poor circulation in legs|
deep-vein-thrombosis|t:I82.409=Acute embolism and thrombosis of unspecified deep veins of unspecified lower extremity;s:128053003=Deep venous thrombosis|Deep venous thrombosis;Deep vein thrombosis;Acute deep vein thrombosis of lower extremity|LLE DVT;acute DVT R leg;deep vein clot;DVT, left lower extremity;TVP|
pulmonary-embolism|t:I26.99=Other pulmonary embolism without acute cor pulmonale;n:415.19=Other pulmonary embolism and infarction;s:59282003=Pulmonary embolism|Pulmonary embolism;Embolism, pulmonary;Acute pulmonary embolism|acute PE;bilateral PE;pulmonary emboli;pulmonary thromboembolism;lung clot|
rule-out-pulmonary-embolism||Rule out pulmonary embolism;Suspected pulmonary embolism|rule out PE;suspected PE;possible PE;PE, r/o;? PE|
abdominal-aortic-aneurysm|t:I71.4=Abdominal aortic aneurysm, without rupture;n:441.4=Abdominal aneurysm without mention of rupture;s:233985008=Abdominal aortic aneurysm|Abdominal aortic aneurysm;Aneurysm, abdominal aortic;AAA (abdominal aortic aneurysm) without rupture|AAA 4.2 cm;infrarenal AAA;abd aortic aneurysm;aneurysm of abdominal aorta|
thoracic-aortic-aneurysm|t:I71.2=Thoracic aortic aneurysm, without rupture;s:433068007=Aneurysm of thoracic aorta|Thoracic aortic aneurysm;Aneurysm of thoracic aorta|TAA 4.5 cm;ascending aortic aneurysm;thoracic aorta aneurysm;aneurysm, thoracic aorta|
varicose-veins|t:I83.90=Asymptomatic varicose veins of unspecified lower extremity;s:128060009=Venous varices|Varicose veins of lower extremity;Varicose veins|varicose veins BLE;VV (varicose veins);varicose viens;leg varicosities;venas varicosas|
stroke|t:I63.9=Cerebral infarction, unspecified;n:434.91=Cerebral artery occlusion, unspecified with cerebral infarction;s:432504007=Cerebral infarction|Cerebral infarction;Ischemic stroke;Acute ischemic stroke|acute CVA;ischemic CVA;L MCA stroke;cerebral infarct;ACV isquémico|
history-of-stroke|t:Z86.73=Personal history of transient ischemic attack (TIA), and cerebral infarction without residual deficits|History of stroke;History of cerebrovascular accident;Personal history of stroke|hx CVA;prior stroke;s/p CVA;old CVA;previous stroke 2015|
transient-ischemic-attack|t:G45.9=Transient cerebral ischemic attack, unspecified;n:435.9=Unspecified transient cerebral ischemia;s:266257000=Transient ischemic attack|Transient ischemic attack;Transient cerebral ischemia|T.I.A.;TIAs;ministroke;transient ischemic attacks;ataque isquémico transitorio|
asthma|t:J45.909=Unspecified asthma, uncomplicated;t:J45.20=Mild intermittent asthma, uncomplicated;t:J45.40=Moderate persistent asthma, uncomplicated;t:J45.901=Unspecified asthma with (acute) exacerbation;n:493.90=Asthma, unspecified type, unspecified;s:195967001=Asthma|Asthma;Bronchial asthma;Mild intermittent asthma;Moderate persistent asthma;Asthma without status asthmaticus|asthma, mild persistent;mild int asthma;asthma, well controlled;asthmatic;asthma exac|s:50043002=Disorder of respiratory system
copd|t:J44.9=Chronic obstructive pulmonary disease, unspecified;t:J44.1=Chronic obstructive pulmonary disease with (acute) exacerbation;n:496=Chronic airway obstruction, not elsewhere classified;s:13645005=Chronic obstructive lung disease|Chronic obstructive pulmonary disease;Chronic obstructive lung disease;COPD (chronic obstructive pulmonary disease);COPD exacerbation|C.O.P.D.;AECOPD;COPD GOLD 2;chr obstructive pulm disease;chronic obstructive airway disease|s:50043002=Disorder of respiratory system
acute-bronchitis|t:J20.9=Acute bronchitis, unspecified;n:466.0=Acute bronchitis;s:10509002=Acute bronchitis|Acute bronchitis;Bronchitis, acute|ac bronchitis;bronchitis acute;acute bronchitus;acute viral bronchitis|s:50043002=Disorder of respiratory system
pneumonia|t:J18.9=Pneumonia, unspecified organism;n:486=Pneumonia, organism unspecified;s:233604007=Pneumonia|Pneumonia;Community acquired pneumonia;Pneumonia, unspecified organism|RLL pneumonia;PNA LLL;community-acq pneumonia;bacterial pneumonia;pulmonía|s:50043002=Disorder of respiratory system
upper-respiratory-infection|t:J06.9=Acute upper respiratory infection, unspecified;n:465.9=Acute upper respiratory infections of unspecified site;s:54150009=Upper respiratory infection|Acute upper respiratory infection;Upper respiratory infection;Infection, upper respiratory, acute|acute URI;URI, acute;viral upper resp infection;upper resp tract infection|s:50043002=Disorder of respiratory system
influenza|t:J11.1=Influenza due to unidentified influenza virus with other respiratory manifestations;t:J10.1=Influenza due to other identified influenza virus with other respiratory manifestations;n:487.1=Influenza with other respiratory manifestations;s:6142004=Influenza|Influenza;Influenza A;Influenza with respiratory manifestations|flu A;influenza B;influenza A+;influenza type A;la gripe|
covid-19|t:U07.1=COVID-19;s:840539006=Disease caused by severe acute respiratory syndrome coronavirus 2|COVID-19;COVID-19 virus infection;Disease due to severe acute respiratory syndrome coronavirus 2|COVID19;COVID+;covid 19 infection;coronavirus (COVID);SARS CoV2|
acute-sinusitis|t:J01.90=Acute sinusitis, unspecified;n:461.9=Acute sinusitis, unspecified;s:15805002=Acute sinusitis|Acute sinusitis;Sinusitis, acute;Acute sinus infection|ac sinusitis;acute maxillary sinusitis;acute bacterial sinusitis;ABRS;acute rhinosinusitis|
chronic-sinusitis|t:J32.9=Chronic sinusitis, unspecified;n:473.9=Unspecified sinusitis (chronic);s:40055000=Chronic sinusitis|Chronic sinusitis;Sinusitis, chronic|CRS;chr sinusitis;chronic rhinosinusitis;chronic sinus infection;chronic maxillary sinusitis|
allergic-rhinitis|t:J30.9=Allergic rhinitis, unspecified;t:J30.2=Other seasonal allergic rhinitis;n:477.9=Allergic rhinitis, cause unspecified;s:61582004=Allergic rhinitis|Allergic rhinitis;Seasonal allergic rhinitis;Rhinitis, allergic|nasal allergies;seasonal allergies;allergic rhinitus;perennial allergic rhinitis;SAR (seasonal allergic rhinitis)|
streptococcal-pharyngitis|t:J02.0=Streptococcal pharyngitis;n:034.0=Streptococcal sore throat;s:43878008=Streptococcal sore throat|Streptococcal pharyngitis;Streptococcal sore throat;Strep pharyngitis|GAS pharyngitis;group A strep pharyngitis;strep pharyngitis, acute;faringitis estreptocócica|
sleep-apnea-obstructive|t:G47.33=Obstructive sleep apnea (adult) (pediatric);n:327.23=Obstructive sleep apnea (adult)(pediatric);s:78275009=Obstructive sleep apnea syndrome|Obstructive sleep apnea syndrome;Obstructive sleep apnea;Sleep apnea, obstructive;OSA (obstructive sleep apnea)|OSAS;obst sleep apnea;OSA, severe;OSA w/ CPAP;obstructive sleep apnea, moderate|
insomnia|t:G47.00=Insomnia, unspecified;n:780.52=Insomnia, unspecified;s:193462001=Insomnia|Insomnia;Insomnia, unspecified|insomnia NOS;chronic insomnia;difficulty sleeping;insominia;sleeplessness|
chronic-kidney-disease|t:N18.30=Chronic kidney disease, stage 3 unspecified;t:N18.4=Chronic kidney disease, stage 4 (severe);t:N18.9=Chronic kidney disease, unspecified;n:585.9=Chronic kidney disease, unspecified;n:585.3=Chronic kidney disease, Stage III (moderate);s:709044004=Chronic kidney disease;s:433144002=Chronic kidney disease stage 3|Chronic kidney disease;Chronic kidney disease, stage 3;Kidney disease, chronic;Stage 3 chronic kidney disease;Chronic renal insufficiency|CKD III;CKD stage 3;CRI;chr kidney disease;chronic renal failure|s:90708001=Kidney disease
acute-kidney-failure|t:N17.9=Acute kidney failure, unspecified;n:584.9=Acute kidney failure, unspecified;s:14669001=Acute kidney failure|Acute kidney failure;Acute renal failure;Acute kidney injury;Acute renal failure syndrome|AKI, resolved;acute kidney inj;acute renal injury;AKI (pre-renal);insuficiencia renal aguda|s:90708001=Kidney disease
kidney-stone|t:N20.0=Calculus of kidney;n:592.0=Calculus of kidney;s:95570007=Kidney stone|Kidney stone;Calculus of kidney;Nephrolithiasis|kidney stones;renal stone;L renal calculus;R nephrolithiasis;cálculos renales|
urinary-tract-infection|t:N39.0=Urinary tract infection, site not specified;n:599.0=Urinary tract infection, site not specified;s:68566005=Urinary tract infectious disease|Urinary tract infection;Infection, urinary tract;Acute UTI|UTIs;urinary infection;UTI, E coli;urinary tract infxn;infección de orina|
pyelonephritis|t:N12=~Tubulo-interstitial nephritis, not specified as acute or chronic;t:N10=Acute pyelonephritis;s:45816000=Pyelonephritis|Pyelonephritis;Acute pyelonephritis|acute pyelo;R pyelonephritis;ac pyelonephritis;infección del riñón|
benign-prostatic-hyperplasia|t:N40.0=Benign prostatic hyperplasia without lower urinary tract symptoms;t:N40.1=Benign prostatic hyperplasia with lower urinary tract symptoms;n:600.00=Hypertrophy (benign) of prostate without urinary obstruction and other lower urinary tract symptom (LUTS);s:266569009=Benign prostatic hyperplasia|Benign prostatic hyperplasia;Benign prostatic hypertrophy;Hyperplasia of prostate, benign;BPH (benign prostatic hyperplasia)|BPH with LUTS;B.P.H.;benign enlargement of prostate;prostatic hypertrophy, benign;próstata agrandada|
prostate-cancer|t:C61=Malignant neoplasm of prostate;n:185=Malignant neoplasm of prostate;s:399068003=Malignant tumor of prostate|Malignant neoplasm of prostate;Prostate cancer;Adenocarcinoma of prostate;Cancer of prostate|PCa;Ca prostate;prostate adenocarcinoma;prostate CA Gleason 3+4;prostate cancer, Gleason 7|s:363346000=Malignant neoplastic disease
erectile-dysfunction|t:N52.9=Male erectile dysfunction, unspecified;n:607.84=Impotence of organic origin;s:860914002=Erectile dysfunction|Erectile dysfunction;Dysfunction, erectile;Male erectile dysfunction|ED (erectile dysfunction);erectile dysfx;male impotence;erectile disfunction;organic impotence|
gerd|t:K21.9=Gastro-esophageal reflux disease without esophagitis;n:530.81=Esophageal reflux;s:235595009=Gastroesophageal reflux disease|Gastroesophageal reflux disease;Gastro-esophageal reflux disease;GERD (gastroesophageal reflux disease);Esophageal reflux|GE reflux;gastroesoph reflux;GERD w/o esophagitis;reflux disease;gastric reflux|
peptic-ulcer|t:K27.9=Peptic ulcer, site unspecified, unspecified as acute or chronic, without hemorrhage or perforation;s:13200003=Peptic ulcer|Peptic ulcer;Peptic ulcer disease|peptic ulcers;PUD (peptic ulcer disease);peptic ulcer dis;úlcera péptica|
barretts-esophagus|t:K22.70=Barrett's esophagus without dysplasia;n:530.85=Barrett's esophagus;s:302914006=Barrett's esophagus|Barrett's esophagus;Barrett esophagus without dysplasia|Barrett esophagus;Barret's esophagus;BE (Barrett's);short segment Barrett's;esófago de Barrett|
crohns-disease|t:K50.90=Crohn's disease, unspecified, without complications;n:555.9=Regional enteritis of unspecified site;s:34000006=Crohn's disease|Crohn's disease;Crohn disease;Regional enteritis|Crohn's;Crohn's dz;CD (Crohn's);Crohn's ileitis;Crohns disease|s:24526004=Inflammatory bowel disease
ulcerative-colitis|t:K51.90=Ulcerative colitis, unspecified, without complications;n:556.9=Ulcerative colitis, unspecified;s:64766004=Ulcerative colitis|Ulcerative colitis;Colitis, ulcerative;Chronic ulcerative colitis|UC (ulcerative colitis);ulc colitis;ulcerative pancolitis;ulcerative colitis, left sided|s:24526004=Inflammatory bowel disease
irritable-bowel-syndrome|t:K58.9=Irritable bowel syndrome without diarrhea;t:K58.0=Irritable bowel syndrome with diarrhea;n:564.1=Irritable bowel syndrome;s:10743008=Irritable bowel syndrome|Irritable bowel syndrome;Irritable bowel syndrome with diarrhea;Syndrome, irritable bowel|IBS-C;irritable bowel;irritable colon;IBS w/ diarrhea;síndrome de intestino irritable|
celiac-disease|t:K90.0=Celiac disease;n:579.0=Celiac disease;s:396331005=Celiac disease|Celiac disease;Celiac sprue|celiac;coeliac;celiac dz;nontropical sprue;gluten-sensitive enteropathy|
diverticulosis|t:K57.30=Diverticulosis of large intestine without perforation or abscess without bleeding;n:562.10=Diverticulosis of colon (without mention of hemorrhage)|Diverticulosis of colon;Diverticulosis of large intestine;Diverticulosis|sigmoid diverticulosis;colonic diverticulosis;diverticula of colon;divertículos|
diverticulitis|t:K57.32=Diverticulitis of large intestine without perforation or abscess without bleeding;n:562.11=Diverticulitis of colon (without mention of hemorrhage);s:307496006=Diverticulitis|Diverticulitis of colon;Diverticulitis|acute diverticulitis;sigmoid diverticulitis;diverticulitis, recurrent;diverticulitis aguda|
hemorrhoids|t:K64.9=Unspecified hemorrhoids;n:455.6=Unspecified hemorrhoids without mention of complication;s:70153002=Hemorrhoids|Hemorrhoids;Hemorrhoids, unspecified|internal hemorrhoids;ext hemorrhoids;hemorrhoids, int & ext;hemmorhoids;almorranas|
constipation|t:K59.00=Constipation, unspecified;n:564.00=Constipation, unspecified;s:14760008=Constipation|Constipation;Chronic constipation|constipated;chronic constip;constipación;constipation, chronic|
gallstones|t:K80.20=Calculus of gallbladder without cholecystitis without obstruction;n:574.20=Calculus of gallbladder without mention of cholecystitis, without mention of obstruction;s:266474003=~Calculus in biliary tract|Cholelithiasis;Gallstones;Calculus of gallbladder|GB stones;gallbladder stones;cholelithiasis w/o cholecystitis;piedras en la vesícula|
appendicitis|t:K35.80=Unspecified acute appendicitis;n:540.9=Acute appendicitis without mention of peritonitis;s:85189001=Acute appendicitis|Acute appendicitis;Appendicitis, acute|appendicitis;ac appendicitis;inflamed appendix;acute appendicitis, nonperforated;appendicitus|
inguinal-hernia|t:K40.90=Unilateral inguinal hernia, without obstruction or gangrene, not specified as recurrent;n:550.90=Inguinal hernia, without mention of obstruction or gangrene, unilateral or unspecified;s:396232000=Inguinal hernia|Inguinal hernia;Hernia, inguinal;Left inguinal hernia|RIH;LIH;R inguinal hernia;bilat inguinal hernias;ing hernia|s:414396006=Hernia of abdominal cavity
hiatal-hernia|t:K44.9=Diaphragmatic hernia without obstruction or gangrene;n:553.3=Diaphragmatic hernia without mention of obstruction or gangrene;s:84089009=Hiatal hernia|Hiatal hernia;Diaphragmatic hernia;Hernia, hiatal|small hiatal hernia;sliding hiatal hernia;HH (hiatal hernia);hital hernia;hernia de hiato|s:414396006=Hernia of abdominal cavity
hepatitis-a|t:B15.9=Hepatitis A without hepatic coma;n:070.1=Viral hepatitis A without mention of hepatic coma;s:40468003=Viral hepatitis, type A|Hepatitis A;Viral hepatitis A;Acute hepatitis A|HepA;viral hep A;acute hep A;hepatitis A virus infection|s:3738000=Viral hepatitis
hepatitis-b|t:B18.1=Chronic viral hepatitis B without delta-agent;t:B19.10=Unspecified viral hepatitis B without hepatic coma;s:66071002=Viral hepatitis type B;s:61977001=Chronic type B viral hepatitis|Hepatitis B;Chronic hepatitis B;Viral hepatitis B|HBV;chronic HBV;HepB;chr hep B;HBsAg positive|s:3738000=Viral hepatitis
hepatitis-c|t:B18.2=Chronic viral hepatitis C;t:B19.20=Unspecified viral hepatitis C without hepatic coma;n:070.54=Chronic hepatitis C without mention of hepatic coma;s:50711007=Viral hepatitis type C;s:128302006=Chronic hepatitis C|Hepatitis C;Chronic hepatitis C;Viral hepatitis C|HepC;chronic HCV;chr hep C;hepatitis C virus;hep C genotype 1a|s:3738000=Viral hepatitis
fatty-liver|t:K76.0=Fatty (change of) liver, not elsewhere classified;s:197321007=Steatosis of liver|Fatty liver;Hepatic steatosis;Nonalcoholic fatty liver disease;Steatosis of liver|MASLD;fatty liver disease;fatty infiltration of liver;hepatic steatosis, mild;esteatosis hepática|
cirrhosis|t:K74.60=Unspecified cirrhosis of liver;n:571.5=Cirrhosis of liver without mention of alcohol;s:19943007=Cirrhosis of liver|Cirrhosis of liver;Hepatic cirrhosis;Cirrhosis, liver|cirrhosis;liver cirrhosis;compensated cirrhosis;cirrhotic liver;Child-Pugh A cirrhosis|
obesity|t:E66.9=Obesity, unspecified;n:278.00=Obesity, unspecified;s:414916001=Obesity|Obesity;Obesity, unspecified|obesity, class 2;class I obesity;obesity (BMI 34);obesity NOS|
gout|t:M10.9=Gout, unspecified;n:274.9=Gout, unspecified;s:90560007=Gout|Gout;Gouty arthritis;Gout, unspecified|gout flare;acute gout;gout, R great toe;podagra;gouty attack|
pseudogout|t:M11.20=~Other chondrocalcinosis, unspecified site|Pseudogout;Calcium pyrophosphate deposition disease|CPPD disease;CPPD arthropathy;pseudo gout;pseudogout R knee|
osteoporosis|t:M81.0=Age-related osteoporosis without current pathological fracture;n:733.00=Osteoporosis, unspecified;s:64859006=Osteoporosis|Osteoporosis;Postmenopausal osteoporosis;Senile osteoporosis;Age-related osteoporosis|PMO;OP - osteoporosis;osteoporosis, postmenopausal;osteoporosis (T -2.8);porous bones|
osteopenia|t:M85.80=~Other specified disorders of bone density and structure, unspecified site;s:312894000=Osteopenia|Osteopenia;Low bone density (osteopenia)|osteopenic;low bone mass;osteopenia of hip;osteopenia (T -1.5)|
osteoarthritis-knee|t:M17.9=Osteoarthritis of knee, unspecified;t:M17.11=Unilateral primary osteoarthritis, right knee;t:M17.0=Bilateral primary osteoarthritis of knee;s:239873007=Osteoarthritis of knee|Osteoarthritis of knee;Primary osteoarthritis of left knee;Osteoarthritis, knee;Degenerative joint disease of knee|OA knee;OA L knee;knee osteoarthritis;bilat knee OA;degenerative arthritis of knee|s:396275006=Osteoarthritis
osteoarthritis-hip|t:M16.9=Osteoarthritis of hip, unspecified;t:M16.11=Unilateral primary osteoarthritis, right hip;s:239872002=Osteoarthritis of hip|Osteoarthritis of hip;Primary osteoarthritis of right hip;Osteoarthritis, hip|OA hip;OA R hip;hip osteoarthritis;hip DJD;degenerative arthritis of hip|s:396275006=Osteoarthritis
rheumatoid-arthritis|t:M06.9=Rheumatoid arthritis, unspecified;n:714.0=Rheumatoid arthritis;s:69896004=Rheumatoid arthritis|Rheumatoid arthritis;Arthritis, rheumatoid;Seropositive rheumatoid arthritis|RA (rheumatoid arthritis);seropositive RA;rheum arthritis;RF+ rheumatoid arthritis;rheumatoid|
psoriatic-arthritis|t:L40.50=Arthropathic psoriasis, unspecified;n:696.0=Psoriatic arthropathy;s:156370009=Psoriatic arthritis|Psoriatic arthritis;Psoriatic arthropathy|psoriatic arth;arthritis, psoriatic;PsA (psoriatic arthritis);psoriasis with arthropathy|
psoriasis|t:L40.9=Psoriasis, unspecified;t:L40.0=Psoriasis vulgaris;n:696.1=Other psoriasis;s:9014002=Psoriasis|Psoriasis;Plaque psoriasis|scalp psoriasis;psoriasis, plaque;chronic plaque psoriasis;psoriasis of elbows;soriasis|
lupus|t:M32.9=Systemic lupus erythematosus, unspecified;n:710.0=Systemic lupus erythematosus;s:55464009=Systemic lupus erythematosus|Systemic lupus erythematosus;Lupus erythematosus, systemic|systemic lupus;lupus (SLE);SLE, stable;lupus, systemic;lupus eritematoso sistémico|
fibromyalgia|t:M79.7=Fibromyalgia;s:203082005=Fibromyalgia|Fibromyalgia;Primary fibromyalgia syndrome|FM (fibromyalgia);fibromyalgia syndrome;fibro myalgia;fibrositis|
low-back-pain|t:M54.50=Low back pain, unspecified;t:M54.5=Low back pain;n:724.2=Lumbago;s:279039007=Low back pain|Low back pain;Chronic low back pain;Pain, low back|chronic LBP;lower back pain;lumbar pain;low back ache;dolor lumbar|
neck-pain|t:M54.2=Cervicalgia;n:723.1=Cervicalgia;s:81680005=Neck pain|Neck pain;Cervicalgia|chronic neck pain;cervical pain;pain in neck;neck ache;neck pain, L sided|
sciatica|t:M54.30=Sciatica, unspecified side;t:M54.31=Sciatica, right side;n:724.3=Sciatica;s:23056005=Sciatica|Sciatica;Sciatica, right side|sciatic pain;L sciatica;sciatic nerve pain;right sided sciatica|
carpal-tunnel-syndrome|t:G56.00=Carpal tunnel syndrome, unspecified upper limb;t:G56.01=Carpal tunnel syndrome, right upper limb;n:354.0=Carpal tunnel syndrome;s:57406009=Carpal tunnel syndrome|Carpal tunnel syndrome;Carpal tunnel syndrome of right wrist|carpal tunnel;CTS, bilateral;R CTS;bilat carpal tunnel syndrome;síndrome del túnel carpiano|
plantar-fasciitis|t:M72.2=Plantar fascial fibromatosis;s:202882003=Plantar fasciitis|Plantar fasciitis;Plantar fascial fibromatosis|R plantar fasciitis;PF (plantar fasciitis);plantar fasciitis, L foot;plantar fasciatis|
migraine|t:G43.909=Migraine, unspecified, not intractable, without status migrainosus;t:G43.109=Migraine with aura, not intractable, without status migrainosus;n:346.90=Migraine, unspecified, without mention of intractable migraine without mention of status migrainosus;s:37796009=Migraine|Migraine;Migraine without aura;Migraine headache;Migraine with aura|migraines;migraine HA;migraine w/ aura;classic migraine;migraine headaches|
headache|t:R51.9=Headache, unspecified;n:784.0=Headache;s:25064002=Headache|Headache;Headache, unspecified|HAs;H/A;headaches;chronic HA;cefalea|
tension-headache|t:G44.209=Tension-type headache, unspecified, not intractable;n:307.81=Tension headache;s:398057008=Tension-type headache|Tension-type headache;Tension headache|tension HA;tension-type HA;muscle contraction headache;cefalea tensional|
epilepsy|t:G40.909=Epilepsy, unspecified, not intractable, without status epilepticus;n:345.90=Epilepsy, unspecified, without mention of intractable epilepsy;s:84757009=Epilepsy|Epilepsy;Epilepsy, unspecified|seizure disorder;sz d/o;epileptic;epilepsy, controlled on meds|
parkinsons-disease|t:G20=Parkinson's disease;n:332.0=Paralysis agitans;s:49049000=Parkinson's disease|Parkinson's disease;Parkinson disease|Parkinson's;Parkinson dz;PD (Parkinson's disease);idiopathic Parkinson's;enfermedad de Parkinson|
multiple-sclerosis|t:G35=Multiple sclerosis;n:340=Multiple sclerosis;s:24700007=Multiple sclerosis|Multiple sclerosis;Relapsing remitting multiple sclerosis|MS (multiple sclerosis);MS - multiple sclerosis;relapsing-remitting MS;multiple sclerosis, RR|
alzheimers-disease|t:G30.9=Alzheimer's disease, unspecified;n:331.0=Alzheimer's disease;s:26929004=Alzheimer's disease|Alzheimer's disease;Alzheimer disease|Alzheimer's dementia;Alzheimer dementia;Alzheimer's dz;SDAT (Alzheimer's);enfermedad de Alzheimer|
restless-legs|t:G25.81=Restless legs syndrome;n:333.94=Restless legs syndrome (RLS);s:32914008=Restless legs|Restless legs syndrome;Restless legs;Restless leg syndrome|restless leg;RLS (restless legs);restless leg syn;síndrome de piernas inquietas|
depression|t:F32.9=Major depressive disorder, single episode, unspecified;t:F33.1=Major depressive disorder, recurrent, moderate;t:F32.A=Depression, unspecified;n:311=Depressive disorder, not elsewhere classified;s:35489007=Depressive disorder;s:370143000=Major depressive disorder|Major depressive disorder;Depression;Depressive disorder;Major depression, recurrent|major depression;MDD, recurrent;depressive d/o;depression NOS;depresión mayor|s:74732009=Mental disorder
bipolar-disorder|t:F31.9=Bipolar disorder, unspecified;n:296.80=Bipolar disorder, unspecified;s:13746004=Bipolar disorder|Bipolar disorder;Bipolar affective disorder|bipolar d/o;bipolar I;bipolar affective d/o;manic-depressive illness;manic depressive|s:74732009=Mental disorder
postpartum-depression|t:F53.0=Postpartum depression;s:58703003=Postpartum depression|Postpartum depression;Postnatal depression|PP depression;post partum depression;depression, postpartum;depresión posparto|s:74732009=Mental disorder
anxiety|t:F41.9=Anxiety disorder, unspecified;n:300.00=Anxiety state, unspecified;s:197480006=Anxiety disorder|Anxiety disorder;Anxiety;Anxiety disorder, unspecified|anxiety d/o;anxiety NOS;chronic anxiety;anxiety dis;trastorno de ansiedad|s:74732009=Mental disorder
panic-disorder|t:F41.0=Panic disorder [episodic paroxysmal anxiety];n:300.01=Panic disorder without agoraphobia;s:371631005=Panic disorder|Panic disorder;Panic disorder without agoraphobia|panic attacks;panic dis;recurrent panic attacks;panic disorder w/o agoraphobia;ataques de pánico|s:74732009=Mental disorder
ptsd|t:F43.10=Post-traumatic stress disorder, unspecified;n:309.81=Posttraumatic stress disorder;s:47505003=Posttraumatic stress disorder|Post-traumatic stress disorder;Posttraumatic stress disorder;PTSD (post-traumatic stress disorder)|PTSD, chronic;post-traumatic stress;posttraumatic stress d/o;combat PTSD;estrés postraumático|s:74732009=Mental disorder
adhd|t:F90.9=Attention-deficit hyperactivity disorder, unspecified type;t:F90.2=Attention-deficit hyperactivity disorder, combined type;n:314.01=Attention deficit disorder with hyperactivity;s:406506008=Attention deficit hyperactivity disorder|Attention deficit hyperactivity disorder;Attention-deficit/hyperactivity disorder;ADHD (attention deficit hyperactivity disorder)|ADD/ADHD;ADHD, combined type;adult ADHD;attention deficit hyperactivity d/o;attention deficit disorder w/ hyperactivity|s:74732009=Mental disorder
ocd|t:F42.9=Obsessive-compulsive disorder, unspecified;n:300.3=Obsessive-compulsive disorders;s:191736004=Obsessive-compulsive disorder|Obsessive-compulsive disorder;Obsessive compulsive disorder|OCD (obsessive compulsive disorder);obsessive compulsive d/o;obsessive-compulsive;trastorno obsesivo compulsivo|s:74732009=Mental disorder
schizophrenia|t:F20.9=Schizophrenia, unspecified;n:295.90=Unspecified schizophrenia, unspecified;s:58214004=Schizophrenia|Schizophrenia;Schizophrenia, unspecified|paranoid schizophrenia;schizophrenic;SCZ;chronic schizophrenia;schizophrenia, paranoid type|s:74732009=Mental disorder
schizoaffective-disorder|t:F25.9=Schizoaffective disorder, unspecified;n:295.70=Schizoaffective disorder, unspecified;s:68890003=Schizoaffective disorder|Schizoaffective disorder;Schizoaffective disorder, unspecified|schizoaffective d/o;schizoaffective, bipolar type;schizo affective disorder;trastorno esquizoafectivo|s:74732009=Mental disorder
iron-deficiency-anemia|t:D50.9=Iron deficiency anemia, unspecified;n:280.9=Iron deficiency anemia, unspecified;s:87522002=Iron deficiency anemia|Iron deficiency anemia;Anemia, iron deficiency;Iron deficiency anemia, unspecified|iron def anemia;Fe def anemia;Fe deficiency anemia;IDA (iron deficiency);iron-deficiency anaemia|s:271737000=Anemia
anemia-unspecified|t:D64.9=Anemia, unspecified;n:285.9=Anemia, unspecified;s:271737000=Anemia|Anemia;Anemia, unspecified|anemic;anemia NOS;chronic anemia;anemia, mild|
pernicious-anemia|t:D51.0=Vitamin B12 deficiency anemia due to intrinsic factor deficiency;n:281.0=Pernicious anemia;s:84027009=Pernicious anemia|Pernicious anemia;Anemia, pernicious|PA (pernicious anemia);anemia perniciosa;pernicious anemia, on B12 shots|
sickle-cell-disease|t:D57.1=Sickle-cell disease without crisis;n:282.60=Sickle-cell disease, unspecified;s:417357006=Sickling disorder due to hemoglobin S|Sickle cell disease;Sickle cell anemia;Sickle-cell disease without crisis|HbSS;Hgb SS disease;sickle cell dz;SCD - sickle cell disease;drepanocitosis|
sickle-cell-trait|t:D57.3=Sickle-cell trait;n:282.5=Sickle-cell trait;s:16402000=Sickle cell trait|Sickle cell trait;Sickle-cell trait|HbAS;Hgb AS;SC trait (sickle);sickle cell carrier;rasgo falciforme|
vitamin-d-deficiency|t:E55.9=Vitamin D deficiency, unspecified;n:268.9=Unspecified vitamin D deficiency;s:34713006=Vitamin D deficiency|Vitamin D deficiency;Deficiency, vitamin D|vit D deficiency;vitamin D def;hypovitaminosis D;vitamin D insufficiency;vit D low|
vitamin-b12-deficiency|t:E53.8=~Deficiency of other specified B group vitamins;n:266.2=~Other B-complex deficiencies;s:190634004=Cobalamin deficiency|Vitamin B12 deficiency;B12 deficiency;Cobalamin deficiency|B12 def;vitamin B-12 deficiency;low vitamin B12;vit B12 deficiency;B12 deficient|
breast-cancer|t:C50.919=Malignant neoplasm of unspecified site of unspecified female breast;t:C50.911=Malignant neoplasm of unspecified site of right female breast;n:174.9=Malignant neoplasm of breast (female), unspecified;s:254837009=Malignant neoplasm of breast|Malignant neoplasm of breast;Breast cancer;Carcinoma of breast;Malignant neoplasm of female breast|Ca breast;L breast cancer;IDC of left breast;breast CA, ER+;breast cancer stage II|s:363346000=Malignant neoplastic disease
family-history-breast-cancer|t:Z80.3=Family history of malignant neoplasm of breast;n:V16.3=Family history of malignant neoplasm of breast;s:429740004=Family history of malignant neoplasm of breast|Family history of breast cancer;Family history of malignant neoplasm of breast;FH: breast cancer|FH breast CA;FHx of breast cancer;family hx of breast CA;breast cancer in mother|
history-of-breast-cancer|t:Z85.3=Personal history of malignant neoplasm of breast;n:V10.3=Personal history of malignant neoplasm of breast;s:429087003=History of malignant neoplasm of breast|History of breast cancer;Personal history of breast cancer;Personal history of malignant neoplasm of breast|hx breast CA;h/o breast cancer;prior breast cancer;personal hx breast cancer;s/p breast cancer 2008|
screening-breast-cancer|t:Z12.31=Encounter for screening mammogram for malignant neoplasm of breast;n:V76.12=Other screening mammogram|Screening mammogram for breast cancer;Breast cancer screening;Encounter for screening mammogram|screening mammo;breast CA screening;visit for screening mammogram;annual mammogram screening|
colon-cancer|t:C18.9=Malignant neoplasm of colon, unspecified;n:153.9=Malignant neoplasm of colon, unspecified site;s:363406005=Malignant tumor of colon|Malignant neoplasm of colon;Colon cancer;Cancer of colon|Ca colon;colon adenocarcinoma;adenocarcinoma of colon;sigmoid colon cancer;colon cancer stage II|s:363346000=Malignant neoplastic disease
family-history-colon-cancer|s:312824007=Family history of cancer of colon|Family history of colon cancer;Family history of malignant neoplasm of colon|FH colon CA;FH: colon cancer;FHx of colon cancer;family hx of colon CA;colon cancer in father|
history-of-colon-cancer|t:Z85.038=~Personal history of other malignant neoplasm of large intestine;n:V10.05=~Personal history of malignant neoplasm of large intestine|History of colon cancer;Personal history of colon cancer|hx colon CA;h/o colon cancer;prior colon cancer;personal hx colon CA;s/p colon cancer|
screening-colon-cancer|t:Z12.11=Encounter for screening for malignant neoplasm of colon;n:V76.51=Special screening for malignant neoplasms of colon|Colon cancer screening;Screening for colon cancer;Encounter for screening colonoscopy|colon CA screening;CRC screening;screening colonoscopy;screen for colon cancer|
colon-polyp|t:K63.5=Polyp of colon;n:211.3=~Benign neoplasm of colon;s:68496003=Polyp of colon|Colon polyp;Polyp of colon;Colonic polyp|colon polyps;colonic polyps;polyp, colon;tubular adenoma of colon;sigmoid polyp|
lung-cancer|t:C34.90=Malignant neoplasm of unspecified part of unspecified bronchus or lung;n:162.9=Malignant neoplasm of bronchus and lung, unspecified;s:363358000=Malignant tumor of lung|Malignant neoplasm of lung;Lung cancer;Carcinoma of lung|NSCLC;Ca lung;lung adenocarcinoma;lung CA RUL;bronchogenic carcinoma|s:363346000=Malignant neoplastic disease
melanoma|t:C43.9=Malignant melanoma of skin, unspecified;n:172.9=Melanoma of skin, site unspecified;s:93655004=Malignant melanoma of skin|Malignant melanoma of skin;Malignant melanoma;Melanoma|malig melanoma;cutaneous melanoma;melanoma of back;skin melanoma;melanoma L arm|s:363346000=Malignant neoplastic disease
basal-cell-carcinoma|t:C44.91=Basal cell carcinoma of skin, unspecified;s:1338007=Basal cell carcinoma|Basal cell carcinoma of skin;Basal cell carcinoma|basal cell;BCCa;basal cell skin cancer;BCC L cheek;carcinoma basocelular|
actinic-keratosis|t:L57.0=Actinic keratosis;n:702.0=Actinic keratosis;s:201101007=Actinic keratosis|Actinic keratosis;Solar keratosis|AK;actinic keratoses;AK scalp;actinic keratoses, face|
seborrheic-keratosis|t:L82.1=Other seborrheic keratosis;n:702.19=Other seborrheic keratosis;s:25499005=Seborrheic keratosis|Seborrheic keratosis;Keratosis, seborrheic|SKs;seb K;seb keratosis;seborrheic keratoses;SK - seborrheic keratosis|
acne|t:L70.0=Acne vulgaris;t:L70.9=Acne, unspecified;n:706.1=Other acne;s:88616000=Acne vulgaris|Acne vulgaris;Acne|acne vulg;facial acne;acne, moderate;inflammatory acne|
rosacea|t:L71.9=Rosacea, unspecified;n:695.3=Rosacea;s:398909004=Rosacea|Rosacea;Rosacea, unspecified|papulopustular rosacea;rosacea, facial;rosacia;ETR rosacea|
atopic-dermatitis|t:L20.9=Atopic dermatitis, unspecified;n:691.8=~Other atopic dermatitis and related conditions;s:24079001=Atopic dermatitis|Atopic dermatitis;Dermatitis, atopic;Atopic eczema|atopic derm;eczema, atopic;eczema (atopic);AD - atopic dermatitis;infantile eczema|
shingles|t:B02.9=Zoster without complications;n:053.9=Herpes zoster without mention of complication;s:4740000=Herpes zoster|Herpes zoster;Shingles;Herpes zoster without complication|H. zoster;herpes zoster, T5;zoster, thoracic;shingles L flank;herpes zóster|
genital-herpes|t:A60.00=Herpesviral infection of urogenital system, unspecified;n:054.10=Genital herpes, unspecified;s:33839006=Genital herpes simplex|Genital herpes;Genital herpes simplex|genital HSV;HSV-2, genital;herpes genitalis;herpes, genital;recurrent genital herpes|
chickenpox|t:B01.9=Varicella without complication;n:052.9=Varicella without mention of complication;s:38907003=Varicella|Varicella;Chickenpox;Varicella without complication|chicken-pox;varicella (chickenpox);varicella infection;VZV chickenpox|
hiv|t:B20=Human immunodeficiency virus [HIV] disease;n:042=Human immunodeficiency virus [HIV] disease;s:86406008=Human immunodeficiency virus infection|Human immunodeficiency virus infection;HIV disease;HIV infection|HIV positive;HIV-1 infection;HIV/AIDS;HIV, on ART;infección por VIH|
cataract|t:H26.9=Unspecified cataract;t:H25.9=Unspecified age-related cataract;n:366.9=Unspecified cataract;s:193570009=Cataract|Cataract;Age-related cataract;Senile cataract;Cataract of both eyes|cataracts;cataract OD;NS cataract OU;nuclear sclerotic cataract;cataratas|
glaucoma|t:H40.9=Unspecified glaucoma;t:H40.1190=Primary open-angle glaucoma, unspecified eye, stage unspecified;n:365.9=Unspecified glaucoma;s:23986001=Glaucoma|Glaucoma;Glaucoma, unspecified|POAG;glaucoma OD;open angle glaucoma;POAG OU;glaucoma, both eyes|
macular-degeneration|t:H35.30=Unspecified macular degeneration;n:362.50=Macular degeneration (senile), unspecified;s:267718000=Age-related macular degeneration|Age-related macular degeneration;Macular degeneration;Macular degeneration, age related|dry AMD;wet AMD OS;mac degen;macular degen;dry macular degeneration|
otitis-media|t:H66.90=Otitis media, unspecified, unspecified ear;n:382.9=Unspecified otitis media;s:65363002=Otitis media|Otitis media;Acute otitis media|acute OM;R otitis media;otitis media, bilateral;L AOM;otitis media aguda|
otitis-externa|t:H60.90=Unspecified otitis externa, unspecified ear;n:380.10=Infective otitis externa, unspecified;s:3135009=Otitis externa|Otitis externa;Acute otitis externa|AOE;swimmers ear;external otitis;OE - otitis externa;outer ear infection|
conjunctivitis|t:H10.9=Unspecified conjunctivitis;n:372.30=Conjunctivitis, unspecified;s:9826008=Conjunctivitis|Conjunctivitis;Acute conjunctivitis|pink-eye;viral conjunctivitis;conjunctivitis OD;bacterial conjunctivitis;conjunctivits|
polycystic-ovary-syndrome|t:E28.2=Polycystic ovarian syndrome;n:256.4=Polycystic ovaries;s:237055002=Polycystic ovary syndrome|Polycystic ovarian syndrome;Polycystic ovary syndrome;Polycystic ovaries|PCOD;PCO syndrome;polycystic ovarian disease;Stein-Leventhal syndrome;síndrome de ovario poliquístico|
polycystic-kidney|t:Q61.3=Polycystic kidney, unspecified;s:765330003=Autosomal dominant polycystic kidney disease|Polycystic kidney disease;Polycystic kidney, unspecified|polycystic kidneys;autosomal dominant PKD;polycystic kidney dz;polycystic renal disease|s:90708001=Kidney disease
endometriosis|t:N80.9=Endometriosis, unspecified;n:617.9=Endometriosis, site unspecified;s:129103003=Endometriosis|Endometriosis;Endometriosis, unspecified|pelvic endometriosis;endometriosis of ovary;endometriosis, stage IV;endometriosis NOS|
uterine-fibroids|t:D25.9=Leiomyoma of uterus, unspecified;n:218.9=Leiomyoma of uterus, unspecified;s:95315005=Uterine leiomyoma|Uterine leiomyoma;Uterine fibroids;Fibroid uterus;Leiomyoma of uterus|uterine fibroid;fibroid;uterine leiomyomata;myoma of uterus;fibromas uterinos|
tobacco-dependence|t:F17.210=Nicotine dependence, cigarettes, uncomplicated;t:F17.200=Nicotine dependence, unspecified, uncomplicated;n:305.1=Tobacco use disorder;s:56294008=Nicotine dependence|Nicotine dependence;Tobacco use disorder;Tobacco dependence|smoker;tobacco abuse;current smoker;smokes 1 ppd;nicotine dep|
history-of-tobacco|t:Z87.891=Personal history of nicotine dependence;n:V15.82=Personal history of tobacco use, presenting hazards to health|History of tobacco use;Personal history of nicotine dependence;Former smoker|past smoker;hx of smoking;quit smoking 2010;former tobacco use;hx tobacco use|
alcohol-dependence|t:F10.20=Alcohol dependence, uncomplicated;n:303.90=Other and unspecified alcohol dependence, unspecified;s:66590003=Alcohol dependence|Alcohol dependence;Alcohol dependence, uncomplicated|alcohol dep;alcoholic;ETOH dep;alcohol addiction;dependencia del alcohol|
";

/// topic and FHIR category | codes | usual words | unusual words
const ALLERGENS: &str = "
penicillins,medication|r:7984=penicillin V;r:7980=penicillin G;r:723=amoxicillin;r:733=ampicillin;r:19711=amoxicillin / clavulanate;s:91936005=Allergy to penicillin;s:294505008=Allergy to amoxicillin|Penicillins;Penicillin;Penicillin G;Amoxicillin;Ampicillin;Amoxicillin-clavulanate;Penicillin V potassium|amox;Pen G;Amoxil;amox/clav;penecillin
sulfonamide-antibiotics,medication|r:10180=sulfamethoxazole;r:10831=sulfamethoxazole / trimethoprim;s:91939003=Allergy to sulfonamide|Sulfa (Sulfonamide Antibiotics);Sulfonamide antibiotics;Sulfa antibiotics;Sulfamethoxazole-trimethoprim;Sulfa drugs|sulfas;TMP/SMX;sulfa abx;SMX-TMP;sulfa antibiotic
sulfites,food||Sulfites;Sulfite|sulphite;sodium bisulfite;sodium metabisulfite;sulfite preservatives;sulfites in wine
aspirin,medication|r:1191=aspirin;s:293586001=Allergy to aspirin|Aspirin;Acetylsalicylic acid|asprin;ASA 81;baby aspirin;aspirin products;ácido acetilsalicílico
ibuprofen,medication|r:5640=ibuprofen|Ibuprofen|IBU;Motrin IB;Advil/Motrin;Motrin 800;ibuprofin
naproxen,medication|r:7258=naproxen|Naproxen;Naproxen sodium|Anaprox;naproxeno;naproxen Na;Aleve/Naprosyn
ketorolac,medication|r:35827=ketorolac|Ketorolac;Ketorolac tromethamine|Toradol IM;Toradol injection;ketorolac inj;ketorolaco
acetaminophen,medication|r:161=acetaminophen|Acetaminophen|Tylenol products;Tylenol ES;acetaminofén;acetominophen;acetaminophen (Tylenol)
codeine,medication|r:2670=codeine|Codeine;Codeine sulfate;Codeine phosphate|codeina;codeine products;codeine cough syrup;codein
morphine,medication|r:7052=morphine|Morphine;Morphine sulfate|morphine IV;MS (morphine);morphine SO4;MSIR;morphine sulf
hydromorphone,medication|r:3423=hydromorphone|Hydromorphone;Hydromorphone HCl|Dilaudid IV;hydromorph;Dilaudid PCA;dilauded;hidromorfona
hydrocodone,medication|r:5489=hydrocodone|Hydrocodone;Hydrocodone bitartrate|hydrocodone bit;hydrocodone products;Zohydro;hydrocodone ER
oxycodone,medication|r:7804=oxycodone|Oxycodone;Oxycodone HCl|oxycodone IR;Oxy IR;Oxy Contin;oxycodone hydrochloride;oxycodon
tramadol,medication|r:10689=tramadol|Tramadol;Tramadol HCl|Ultram ER;tramadol hydrochloride;tramodol;tramadol 50 mg
meperidine,medication|r:6754=meperidine|Meperidine|Demerol IM;meperidine HCl;demoral;meperidina
fentanyl,medication|r:4337=fentanyl|Fentanyl;Fentanyl citrate|fentanyl patch;Sublimaze;fentanilo;fentanyl IV;Duragesic patch
cephalexin,medication|r:2231=cephalexin|Cephalexin|Keflex caps;Keftab;cephalexin monohydrate;Keflex 500
ceftriaxone,medication|r:2193=ceftriaxone|Ceftriaxone;Ceftriaxone sodium|Rocephin IM;ceftriaxone inj;ceftriaxone Na;Rocephin injection
cefaclor,medication|r:2176=cefaclor|Cefaclor|Ceclor CD;cefaclor ER;Ceclor suspension
cefdinir,medication|r:25037=cefdinir|Cefdinir|Omnicef susp;cefdinir caps;Omnicef 300
vancomycin,medication|r:11124=vancomycin|Vancomycin;Vancomycin HCl|vanc;vanco IV;vancomycin IV;vancomycin hydrochloride;vancomycin (red man)
erythromycin,medication|r:4053=erythromycin|Erythromycin;Erythromycin base|emycin;Ery-Tab;E.E.S.;Erythrocin;erythromycin ethylsuccinate
azithromycin,medication|r:18631=azithromycin|Azithromycin|Zpak;azithro;Z-Pack;Zithromax Z-Pak;zithro
clarithromycin,medication|r:21212=clarithromycin|Clarithromycin|Biaxin XL;clarithro;clarithromycin XL
clindamycin,medication|r:2582=clindamycin|Clindamycin;Clindamycin HCl|Cleocin T;clindamycin phosphate;Cleocin HCl;clindamycin caps
doxycycline,medication|r:3640=doxycycline|Doxycycline;Doxycycline hyclate|Doryx;doxy hyclate;doxycycline mono;doxycyclin
tetracycline,medication|r:10395=tetracycline|Tetracycline;Tetracycline HCl|TCN;tetracyclin;tetracycline caps;Achromycin
ciprofloxacin,medication|r:2551=ciprofloxacin|Ciprofloxacin;Ciprofloxacin HCl|Cipro XR;ciproflox;Cipro HCl;Cipro 500
levofloxacin,medication|r:82122=levofloxacin|Levofloxacin|levoflox;Levaquin IV;Levaquin 500;levafloxacin
metronidazole,medication|r:6922=metronidazole|Metronidazole|Flagyl IV;Flagyl ER;MetroGel;metronidazole IV
nitrofurantoin,medication|r:7454=nitrofurantoin|Nitrofurantoin;Nitrofurantoin macrocrystal|Macrobid caps;nitrofurantoin mono/mac;Furadantin;nitrofurantoína;Macrobid/Macrodantin
trimethoprim,medication|r:10829=trimethoprim|Trimethoprim|TMP (trimethoprim only);trimetoprima;trimethoprim tabs;trimethoprim alone
gentamicin,medication|r:1596450=gentamicin|Gentamicin;Gentamicin sulfate|gent;Gentak;gentamicin sulf;gentamicin eye drops
neomycin,medication|r:7299=neomycin|Neomycin;Neomycin sulfate|neomycin sulf;neomycin topical;neomycin ointment;Neo-Fradin
lisinopril,medication|r:29046=lisinopril|Lisinopril|lisinapril;lisinoprilo;lisinopril 10 mg;Zestril/Prinivil
enalapril,medication|r:3827=enalapril|Enalapril;Enalapril maleate|enalaprilo;enalapril mal;Vasotec tabs
losartan,medication|r:52175=losartan|Losartan;Losartan potassium|losartan K;losartán;losartan pot;Cozaar 50
hydrochlorothiazide,medication|r:5487=hydrochlorothiazide|Hydrochlorothiazide|HCT (hydrochlorothiazide);HydroDIURIL;hydrochlorthiazide;HCTZ 25
hydralazine,medication|r:5470=hydralazine|Hydralazine;Hydralazine HCl|hidralazina;hydralazine hydrochloride;Apresoline IV;hydralazine tabs
hydroxyzine,medication|r:5553=hydroxyzine|Hydroxyzine;Hydroxyzine HCl|hydroxyzine pamoate;hydroxizine;Vistaril IM;Atarax/Vistaril;hidroxicina
atorvastatin,medication|r:83367=atorvastatin|Atorvastatin;Atorvastatin calcium|atorva;Lipitor 20;atorvastatin Ca;Lipitor (statin)
simvastatin,medication|r:36567=simvastatin|Simvastatin|simva;Zocor 40;simvistatin;simvastatin 20 mg
niacin,medication|r:7393=niacin|Niacin|niacin ER;vitamin B3;Slo-Niacin;niacina;niacin (flushing)
metoclopramide,medication|r:6915=metoclopramide|Metoclopramide;Metoclopramide HCl|Reglan IV;metaclopramide;metoclopramide hydrochloride;Reglan tabs
prochlorperazine,medication|r:8704=prochlorperazine|Prochlorperazine|Compazine IV;prochlorperazine maleate;prochlorperazine edisylate;proclorperazina
promethazine,medication|r:8745=promethazine|Promethazine;Promethazine HCl|Phenergan IV;promethazine hydrochloride;phenergen;Phenergan supp
haloperidol,medication|r:5093=haloperidol|Haloperidol|Haldol IM;Haldol decanoate;haloperidol lactate
diphenhydramine,medication|r:3498=diphenhydramine|Diphenhydramine;Diphenhydramine HCl|Benadryl IV;benedryl;diphenhydramine hydrochloride;diphenhydramine (Benadryl)
phenytoin,medication|r:8183=phenytoin|Phenytoin;Phenytoin sodium|Dilantin Kapseals;phenytoin Na;phenytoin ER;fenitoina
carbamazepine,medication|r:2002=carbamazepine|Carbamazepine|CBZ;Tegretol XR;Carbatrol;carbamazapine
oxcarbazepine,medication|r:32624=oxcarbazepine|Oxcarbazepine|Oxtellar XR;oxcarbazepina;Trileptal tabs
lamotrigine,medication|r:28439=lamotrigine|Lamotrigine|Lamictal XR;lamotrigina;lamictil;lamotrigine (rash)
prednisone,medication|r:8640=prednisone|Prednisone|prednisone taper;prednisone tabs;predinsone;Sterapred
prednisolone,medication|r:8638=prednisolone|Prednisolone|Pred Forte;prednisolona;Pediapred;prednisolone acetate
metformin,medication|r:6809=metformin|Metformin;Metformin HCl|metformin ER;metformin XR;Glucophage XR;metformin hydrochloride
allopurinol,medication|r:519=allopurinol|Allopurinol|allopurinal;Aloprim;allopurinol 300 mg;Zyloprim tabs
lidocaine,medication|r:6387=lidocaine|Lidocaine;Lidocaine HCl|lido;Lidoderm;lidocaina;lidocaine patch;Xylocaine 1%
procaine,medication|r:8701=procaine|Procaine;Procaine HCl|procaína;Novocain (dental);procaine hydrochloride;Novocaine shot
heparin,medication|r:5224=heparin|Heparin;Heparin sodium|heparin IV;heparin flush;UFH;heparin (HIT);heparin drip
iodinated-contrast,medication|s:293637006=Allergy to contrast media|Iodinated contrast media;Contrast media;Iodinated radiocontrast;IV contrast dye, iodine containing|IV contrast;contrast dye;CT contrast;iodine contrast;medio de contraste
povidone-iodine,medication|r:8611=povidone-iodine|Povidone-iodine;Povidone iodine topical|Betadine scrub;Betadine prep;PVP-iodine;betadyne
latex,environment|s:300916003=Allergy to latex|Latex;Natural rubber latex;Latex, natural rubber|rubber gloves;latex products;latex (gloves);natural latex;guantes de látex
adhesive-tape,environment||Adhesive tape;Adhesive;Adhesive bandage|tape;paper tape;bandaids;tape adhesive;cinta adhesiva
nickel,environment||Nickel;Nickel metal|nickle;nickel jewelry;nickel sulfate;niquel
peanut,food|s:91935009=Allergy to peanut|Peanut;Peanuts;Peanut (food)|peanut oil;peanut products;cacahuate;groundnut
tree-nuts,food||Tree nuts;Tree nut;Nuts (tree)|treenuts;nuts, tree;tree-nuts;all tree nuts;TN (tree nuts)
almond,food||Almond;Almonds|almendras;almond nut;almond milk;almonds (raw)
walnut,food||Walnut;Walnuts|black walnut;walnuts, English;wallnuts;walnuts (raw)
cow-milk,food|s:782555009=Allergy to cow's milk protein|Cow's milk;Milk protein;Cow milk protein;Milk (cow)|cow's milk protein;CMP (cow's milk protein);cow milk;milk proteins;milk (cow's)
lactose-intolerance,food|s:782415009=Intolerance to lactose|Lactose intolerance;Lactose;Intolerance to lactose|lactose intol;LI (lactose intolerance);intolerante a la lactosa;lactose intolerence;milk sugar (lactose)
egg,food|s:91930004=Allergy to egg protein|Egg;Eggs;Egg (food);Egg protein|egg white;chicken egg;huevos;egg products;hen egg
wheat,food|s:420174000=Allergy to wheat|Wheat;Wheat (food)|wheat products;wheat protein;whole wheat;harina de trigo
gluten,food||Gluten;Gluten intolerance|gluten intolerant;NCGS;gluten products;non-celiac gluten sensitivity;intolerancia al gluten
soy,food||Soy;Soybean;Soya|soy protein;soybeans;soy products;soya bean
shellfish,food|s:300913006=Allergy to shellfish|Shellfish;Shellfish-derived products;Shellfish (food)|crustaceans;shell-fish;shellfish (shrimp, crab);crustacean shellfish;marisco
fish,food|s:417532002=Allergy to fish|Fish;Fish (food);Fish-derived products|finfish;fin fish;all fish;fish (finned);pescados
strawberry,food|s:91938006=Allergy to strawberry|Strawberry;Strawberries|fresa;strawberry fruit;strawberries (raw);strawberies
banana,food||Banana;Bananas|banano;bananna;banana fruit;raw banana
avocado,food||Avocado;Avocados|avacado;palta;avocado fruit;aguacates
kiwi,food||Kiwi;Kiwi fruit|kiwis;kiwi (fruit);green kiwi
sesame,food||Sesame;Sesame seed|sesame oil;sésamo;tahini;sesame/tahini
tomato,food||Tomato;Tomatoes|tomatos;tomates;raw tomatoes;tomato sauce
corn,food||Corn;Corn (food)|corn products;sweet corn;elote;cornstarch
chocolate,food||Chocolate|cocoa;chocolates;dark chocolate;cacao
monosodium-glutamate,food||Monosodium glutamate|M.S.G.;MSG (monosodium glutamate);mono sodium glutamate;MSG additive
bee-venom,environment|s:424213003=Allergy to bee venom|Bee venom;Honey bee venom;Bee sting|bees;bee;honey bee;honeybee venom;abejas
wasp-venom,environment||Wasp venom;Wasp sting|wasp;wasps;paper wasp;picadura de avispa
fire-ant,environment||Fire ant;Fire ant venom|fire ant bites;fire ant stings;imported fire ant;fireants;hormigas de fuego
cat-dander,environment|s:232346004=Allergy to cat dander|Cat dander;Cat hair|cat;cat fur;cat allergen;feline dander;pelo de gato
dog-dander,environment||Dog dander;Dog hair|dog;dog fur;canine dander;dog epithelium;pelo de perro
house-dust-mite,environment|s:232350006=Allergy to house dust mite|House dust mite;Dust mites;Dust mite|HDM;D. farinae;house dust mites;dust mites (HDM);acaros
grass-pollen,environment|s:418689008=Allergy to grass pollen|Grass pollen;Grass|grass pollens;Bermuda grass;polen de pasto;pollen, grass
ragweed,environment||Ragweed;Ragweed pollen|short ragweed;rag-weed;giant ragweed;polen de ambrosía
tree-pollen,environment|s:419263009=Allergy to tree pollen|Tree pollen;Tree pollens|trees;tree pollen mix;pollen, tree;birch tree pollen
mold,environment|s:419474003=Allergy to mold|Mold;Molds;Mold extract|mold spores;moulds;mildew;mold/mildew;Alternaria mold
poison-ivy,environment||Poison ivy;Poison ivy extract|poison-ivy;poison ivy plant;Rhus (poison ivy);urushiol (poison ivy)
";

/// topic | codes | generic names | brands | other unusual words | strengths | form
const MEDICINES: &str = "
metformin|r:6809=metformin;r:861007=metformin hydrochloride 500 MG Oral Tablet;r:861004=metformin hydrochloride 1000 MG Oral Tablet|metformin;metFORMIN;metformin hydrochloride;metformin ER|Glucophage;Glucophage XR;Fortamet|metformin HCl;metformin XR;metformin IR;metforman;Glumetza|500 mg;1,000 mg;850 mg|tablet
sitagliptin-metformin||sitagliptin-metformin;sitagliptin / metformin;sitagliptin phosphate-metformin HCl|Janumet;Janumet XR|metformin-sitagliptin;sitagliptin/metformin HCl;Janumet tab;sitagliptina-metformina|50-500 mg;50-1,000 mg|tablet
sitagliptin|r:593411=sitagliptin|sitagliptin;sitagliptin phosphate|Januvia|sitagliptin phos;Januvia tab;sitagliptan;Zituvio|50 mg;100 mg|tablet
saxagliptin|r:857974=saxagliptin|saxagliptin|Onglyza|saxagliptin HCl;Onglyza tab;saxagliptin tabs|2.5 mg;5 mg|tablet
glipizide|r:4821=glipizide|glipizide;glipiZIDE;glipizide ER|Glucotrol;Glucotrol XL|glipizide XL;glipizide IR;glipizide SR;glipizide tabs|5 mg;10 mg|tablet
glyburide|r:4815=glyburide|glyburide;glyBURIDE|Diabeta;Micronase|Glynase;glyburide micronized;micronized glyburide;glyburide tabs|2.5 mg;5 mg|tablet
glyburide-metformin||glyburide-metformin;glyburide / metformin|Glucovance|glyburide/metformin HCl;metformin-glyburide;glyburide-metformin HCl;glyburide + metformin|2.5-500 mg;5-500 mg|tablet
glimepiride|r:25789=glimepiride|glimepiride|Amaryl|glimiperide;Amaryl tab;glimepiride tabs|1 mg;2 mg;4 mg|tablet
pioglitazone|r:33738=pioglitazone|pioglitazone;pioglitazone hydrochloride|Actos|pioglitazone HCl;pioglitizone;Actos tab;pioglitazone tabs|15 mg;30 mg|tablet
empagliflozin|r:1545653=empagliflozin|empagliflozin|Jardiance|empaglifozin;Jardiance tab;empagliflozin tabs|10 mg;25 mg|tablet
dapagliflozin|r:1488564=dapagliflozin|dapagliflozin|Farxiga|dapagliflozina;dapagliflozin propanediol;dapaglifozin;Farxiga tab|5 mg;10 mg|tablet
semaglutide|r:1991302=semaglutide|semaglutide|Ozempic;Wegovy;Rybelsus|semaglutide SQ;Ozempic pen;Rybelsus tab;semaglutide weekly inj;semiglutide|0.5 mg;1 mg|injection
liraglutide|r:475968=liraglutide|liraglutide|Victoza;Saxenda|Victoza pen;liraglutide SQ;Victoza 3-Pak;liraglutide pen inj|0.6 mg;1.2 mg|injection
dulaglutide|r:1551291=dulaglutide|dulaglutide|Trulicity|Trulicity pen;dulaglutide SQ weekly;dulaglutide pen|0.75 mg;1.5 mg|injection
insulin-glargine|r:274783=insulin glargine|insulin glargine;insulin glargine (human analog)|Lantus;Basaglar;Toujeo|glargine;Lantus insulin;Basaglar KwikPen;glargine U-100;Semglee|100 units/mL|injection
insulin-lispro|r:86009=insulin lispro|insulin lispro;insulin lispro (human analog)|Humalog;Admelog|lispro;Humalog insulin;lispro insulin;lispro U-100;Lyumjev|100 units/mL|injection
insulin-aspart|r:51428=insulin aspart|insulin aspart;insulin aspart (human analog)|NovoLog;Fiasp|aspart;Novolog insulin;aspart insulin;NovoLog PenFill;insulina aspart|100 units/mL|injection
insulin-detemir|r:139825=insulin detemir|insulin detemir|Levemir|detemir;Levemir FlexPen;detemir insulin;insulina detemir|100 units/mL|injection
lisinopril|r:29046=lisinopril;r:314076=lisinopril 10 MG Oral Tablet;r:314077=lisinopril 20 MG Oral Tablet|lisinopril|Zestril;Prinivil;Qbrelis|lisinopril tabs;lisinoprilo;Zestril tab;lisinapril|5 mg;10 mg;20 mg|tablet
lisinopril-hydrochlorothiazide|r:197885=lisinopril 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet;r:197887=lisinopril 20 MG / hydrochlorothiazide 25 MG Oral Tablet|lisinopril-hydrochlorothiazide;lisinopril / hydrochlorothiazide;hydrochlorothiazide-lisinopril|Zestoretic;Prinzide|lisinopril + HCTZ;HCTZ-lisinopril;lisinopril w/ HCTZ;lisin/HCTZ;lisinopril & HCTZ|10-12.5 mg;20-12.5 mg;20-25 mg|tablet
hydrochlorothiazide|r:5487=hydrochlorothiazide;r:310798=hydrochlorothiazide 25 MG Oral Tablet|hydrochlorothiazide;hydroCHLOROthiazide|Microzide|HCT (hydrochlorothiazide);HydroDIURIL;hydrochlorthiazide;HCTZ tab|12.5 mg;25 mg|tablet
chlorthalidone|r:2409=chlorthalidone|chlorthalidone|Thalitone|Hygroton;chlorthalidone tabs;chlorthaladone;chlorthal|12.5 mg;25 mg|tablet
enalapril|r:3827=enalapril|enalapril;enalapril maleate|Vasotec|enalapril mal;enalaprilo;Vasotec tab;Epaned|5 mg;10 mg|tablet
benazepril|r:18867=benazepril|benazepril;benazepril hydrochloride|Lotensin|benazepril HCl;benazepril tabs;Lotensin tab;benazeprilo|10 mg;20 mg|tablet
ramipril|r:35296=ramipril|ramipril|Altace|ramipril caps;Altace cap;ramiprilo|2.5 mg;5 mg|capsule
amlodipine-benazepril|r:898342=amlodipine / benazepril hydrochloride Oral Capsule|amlodipine-benazepril;amlodipine / benazepril;amlodipine besylate-benazepril HCl|Lotrel|benazepril-amlodipine;amlodipine/benazepril HCl;amlodipine besy-benazepril HCl;Lotrel cap|5-10 mg;5-20 mg|capsule
amlodipine|r:17767=amlodipine;r:197361=amlodipine 5 MG Oral Tablet;r:308135=amlodipine 10 MG Oral Tablet|amlodipine;amLODIPine;amlodipine besylate|Norvasc|amlodipine besy;amlod;Norvasc tab;amilodipine;amlodipine tabs|2.5 mg;5 mg;10 mg|tablet
felodipine|r:4316=felodipine|felodipine;felodipine ER|Plendil|felodipine XR;felodipine SR;Plendil ER;felodipine XL|5 mg;10 mg|ER tablet
nifedipine|r:7417=nifedipine|nifedipine;NIFEdipine;nifedipine ER|Procardia;Procardia XL;Adalat CC|nifedipine XL;nifedipine CC;Adalat;nifedipine SR;nifedapine|30 mg;60 mg|ER tablet
losartan|r:52175=losartan;r:979492=losartan potassium 50 MG Oral Tablet|losartan;losartan potassium|Cozaar|losartan pot;losartan K;Cozaar tab;losartan tabs;losarten|25 mg;50 mg;100 mg|tablet
losartan-hydrochlorothiazide|r:979468=losartan potassium 50 MG / hydrochlorothiazide 12.5 MG Oral Tablet|losartan-hydrochlorothiazide;losartan / hydrochlorothiazide;losartan potassium-hydrochlorothiazide|Hyzaar|losartan/HCTZ;losartan + HCTZ;losartan pot-HCTZ;HCTZ-losartan|50-12.5 mg;100-25 mg|tablet
valsartan|r:69749=valsartan|valsartan|Diovan|valsartan tabs;Diovan tab;valsarten|80 mg;160 mg|tablet
valsartan-hydrochlorothiazide||valsartan-hydrochlorothiazide;valsartan / hydrochlorothiazide|Diovan HCT|valsartan/HCTZ;valsartan HCT;valsartan + HCTZ;hydrochlorothiazide-valsartan|80-12.5 mg;160-25 mg|tablet
sacubitril-valsartan||sacubitril-valsartan;sacubitril / valsartan|Entresto|sac/val;Entresto tab;sacubitril + valsartan;sacubitrilo-valsartán|24-26 mg;49-51 mg|tablet
metoprolol|r:6918=metoprolol;r:866924=metoprolol tartrate 25 MG Oral Tablet;r:866427=24 HR metoprolol succinate 25 MG Extended Release Oral Tablet|metoprolol tartrate;metoprolol succinate ER;metoprolol;metoprolol succinate|Lopressor;Toprol XL;Toprol-XL|metoprolol tart;metoprolol succ;metoprolol ER;metoprolol succ ER;Toprol|25 mg;50 mg;100 mg|tablet
atenolol|r:1202=atenolol|atenolol|Tenormin|atenolol tabs;Tenormin tab;atenelol|25 mg;50 mg|tablet
carvedilol|r:20352=carvedilol|carvedilol|Coreg;Coreg CR|carvedilol CR;carvedolol;Coreg tab;carvedilol BID|6.25 mg;12.5 mg;25 mg|tablet
propranolol|r:8787=propranolol|propranolol;propranolol hydrochloride;propranolol ER|Inderal;Inderal LA|propranolol HCl;propranolol LA;InnoPran XL;propranalol;propranolol SR|10 mg;20 mg;40 mg|tablet
bisoprolol|r:19484=bisoprolol|bisoprolol;bisoprolol fumarate|Zebeta|bisoprolol fumar;bisoprolol tabs;Zebeta tab|5 mg;10 mg|tablet
diltiazem|r:3443=diltiazem|diltiazem;dilTIAZem ER;diltiazem hydrochloride|Cardizem;Cardizem CD;Tiazac|diltiazem CD;diltiazem HCl;Cartia XT;Dilt-XR;diltiazam|120 mg;180 mg|capsule
verapamil|r:11170=verapamil|verapamil;verapamil ER;verapamil hydrochloride|Calan;Calan SR;Verelan|verapamil SR;verapamil HCl;Isoptin SR;verapamil XR;verapimil|120 mg;240 mg|ER tablet
clonidine|r:2599=clonidine|clonidine;cloNIDine;clonidine hydrochloride|Catapres;Kapvay|clonidine HCl;clonidine patch;Catapres-TTS;clonodine|0.1 mg;0.2 mg|tablet
clonazepam|r:2598=clonazepam|clonazepam;clonazePAM|Klonopin|clonazepam ODT;klonapin;clonazepam tabs;Rivotril|0.5 mg;1 mg|tablet
hydralazine|r:5470=hydralazine|hydralazine;hydrALAZINE;hydralazine hydrochloride|Apresoline|hydralazine HCl;hydralazine tabs;Apresoline tab;hydralazine TID|25 mg;50 mg|tablet
hydroxyzine|r:5553=hydroxyzine|hydroxyzine;hydrOXYzine HCl;hydroxyzine pamoate|Atarax;Vistaril|hydroxyzine pam;hydroxyzine hydrochloride;Vistaril cap;hydroxyzine caps|10 mg;25 mg;50 mg|tablet
furosemide|r:4603=furosemide;r:313988=furosemide 40 MG Oral Tablet;r:310429=furosemide 20 MG Oral Tablet|furosemide|Lasix|furosemide PO;Lasix tab;furosimide;furosemide tabs|20 mg;40 mg|tablet
torsemide|r:38413=torsemide|torsemide|Demadex;Soaanz|torsemide tabs;Demadex tab;torsamide;torsemida|10 mg;20 mg|tablet
bumetanide|r:1808=bumetanide|bumetanide|Bumex|bumetanide tabs;Bumex PO;Bumex tab|1 mg;2 mg|tablet
spironolactone|r:9997=spironolactone|spironolactone|Aldactone|spiro;Aldactone tab;spirolactone;spironolact;spironolactone tabs|25 mg;50 mg|tablet
triamterene-hydrochlorothiazide||triamterene-hydrochlorothiazide;triamterene / hydrochlorothiazide;hydrochlorothiazide-triamterene|Maxzide;Dyazide|HCTZ-triamterene;triamterene/HCTZ;triamterene w/ HCTZ;Maxzide-25;Dyazide cap|37.5-25 mg;75-50 mg|tablet
digoxin|r:3407=digoxin|digoxin|Lanoxin|Digitek;Lanoxin tab;digoxin 0.125;digoxine|125 mcg;250 mcg|tablet
amiodarone|r:703=amiodarone|amiodarone;amiodarone hydrochloride|Pacerone;Cordarone|amio;amiodarone HCl;Pacerone tab;amiodorone;amiodarone tabs|100 mg;200 mg|tablet
isosorbide-mononitrate|r:27518=isosorbide mononitrate|isosorbide mononitrate;isosorbide mononitrate ER|Imdur|isosorbide mono;isosorbide mono ER;ISMN ER;Imdur ER;isosorb mononitrate|30 mg;60 mg|ER tablet
isosorbide-dinitrate|r:6058=isosorbide dinitrate|isosorbide dinitrate|Isordil|isosorbide dinit;isosorb dinitrate;Isordil Titradose;ISDN TID|10 mg;20 mg|tablet
nitroglycerin|r:4917=nitroglycerin|nitroglycerin;nitroglycerin sublingual|Nitrostat|SL NTG;nitro SL;nitroglycerin SL;nitroglycerine;Nitrostat SL|0.4 mg|tablet
atorvastatin|r:83367=atorvastatin;r:617312=atorvastatin 10 MG Oral Tablet;r:617311=atorvastatin 40 MG Oral Tablet|atorvastatin;atorvastatin calcium|Lipitor|atorva;atorvastatin Ca;Lipitor tab;atorvastatin tabs;lipator|10 mg;20 mg;40 mg|tablet
amlodipine-atorvastatin||amlodipine-atorvastatin;amlodipine / atorvastatin|Caduet|amlodipine + atorvastatin;atorvastatin / amlodipine;Caduet tab;amlodipine besylate-atorvastatin calcium|5-10 mg;10-20 mg|tablet
rosuvastatin|r:301542=rosuvastatin|rosuvastatin;rosuvastatin calcium|Crestor|rosuva;rosuvastatin Ca;Crestor tab;rosuvistatin|5 mg;10 mg;20 mg|tablet
simvastatin|r:36567=simvastatin;r:312961=simvastatin 20 MG Oral Tablet;r:198211=simvastatin 40 MG Oral Tablet|simvastatin|Zocor|simva;Zocor tab;simvastatin tabs;simvastin|10 mg;20 mg;40 mg|tablet
ezetimibe-simvastatin||ezetimibe-simvastatin;ezetimibe / simvastatin|Vytorin|ezetimibe/simva;ezetimibe + simvastatin;simvastatin / ezetimibe;Vytorin tab|10-20 mg;10-40 mg|tablet
ezetimibe|r:341248=ezetimibe|ezetimibe|Zetia|ezetimibe tabs;Zetia tab;ezetimiba;ezetimide|10 mg|tablet
pravastatin|r:42463=pravastatin|pravastatin;pravastatin sodium|Pravachol|prava;pravastatin Na;Pravachol tab;pravistatin|20 mg;40 mg|tablet
lovastatin|r:6472=lovastatin|lovastatin|Mevacor|lovastatin ER;Altoprev;Mevacor tab;lovistatin|20 mg;40 mg|tablet
fenofibrate|r:8703=fenofibrate|fenofibrate;fenofibrate micronized|Tricor;Lofibra|fenofibrate nano;fenofibrate micro;Tricor tab;Fenoglide;Antara|48 mg;145 mg|tablet
gemfibrozil|r:4719=gemfibrozil|gemfibrozil|Lopid|gemfib;gemfibrozil tabs;Lopid tab;gemfibrozol|600 mg|tablet
warfarin|r:11289=warfarin;r:855332=warfarin sodium 5 MG Oral Tablet|warfarin;warfarin sodium|Coumadin;Jantoven|warfarin Na;warfarin sod;Coumadin tab;warf;warfrin|2 mg;5 mg|tablet
apixaban|r:1364430=apixaban|apixaban|Eliquis|Eliquis tab;apixaban tabs;apixiban;apixabán|2.5 mg;5 mg|tablet
rivaroxaban|r:1114195=rivaroxaban|rivaroxaban|Xarelto|Xarelto tab;rivaroxaban tabs;rivaroxiban;Xarelto starter pack|10 mg;20 mg|tablet
clopidogrel|r:32968=clopidogrel;r:309362=clopidogrel 75 MG Oral Tablet|clopidogrel;clopidogrel bisulfate|Plavix|clopidogrel bisulf;clopidogrel tabs;Plavix tab;clopidigrel|75 mg|tablet
aspirin|r:1191=aspirin|aspirin;aspirin EC;aspirin (enteric coated)|Ecotrin;Bayer Aspirin|ASA EC;ASA 81 mg;EC ASA;low dose aspirin;asprin|81 mg;325 mg|tablet
aspirin-dipyridamole||aspirin-dipyridamole;aspirin / dipyridamole|Aggrenox|ASA-dipyridamole;aspirin + dipyridamole;ASA/dipyridamole ER;Aggrenox cap|25-200 mg|capsule
levothyroxine|r:10582=levothyroxine|levothyroxine;levothyroxine sodium|Synthroid;Levoxyl;Unithroid|LT4;levothyroxine Na;Euthyrox;Levothroid;levothyroxin|50 mcg;75 mcg;100 mcg|tablet
liothyronine|r:10814=liothyronine|liothyronine;liothyronine sodium|Cytomel|LT3;liothyronine Na;Cytomel tab;T3 (liothyronine)|5 mcg;25 mcg|tablet
methimazole|r:6835=methimazole|methimazole|Tapazole|MMI (methimazole);methimazol;Tapazole tab;methimazole tabs|5 mg;10 mg|tablet
sertraline|r:36437=sertraline;r:312941=sertraline 50 MG Oral Tablet;r:312938=sertraline 100 MG Oral Tablet|sertraline;sertraline hydrochloride|Zoloft|sertraline HCl;Zoloft tab;sertraline tabs;setraline|25 mg;50 mg;100 mg|tablet
fluoxetine|r:4493=fluoxetine;r:310385=fluoxetine 20 MG Oral Capsule|fluoxetine;FLUoxetine;fluoxetine hydrochloride|Prozac;Sarafem|fluoxetine HCl;fluoxetine caps;Prozac cap;fluoxitine|10 mg;20 mg;40 mg|capsule
paroxetine|r:32937=paroxetine|paroxetine;PARoxetine HCl|Paxil;Paxil CR|paroxetine CR;paroxetine mesylate;Paxil tab;paroxitine|10 mg;20 mg|tablet
fluvoxamine|r:42355=fluvoxamine|fluvoxamine;fluvoxamine maleate|Luvox|fluvoxamine mal;fluvoxamine ER;Luvox CR|50 mg;100 mg|tablet
citalopram|r:2556=citalopram|citalopram;citalopram hydrobromide|Celexa|citalopram HBr;Celexa tab;citalapram;citalopram tabs|10 mg;20 mg;40 mg|tablet
escitalopram|r:321988=escitalopram|escitalopram;escitalopram oxalate|Lexapro|escitalopram ox;Lexapro tab;escitalapram;escitalopram tabs|5 mg;10 mg;20 mg|tablet
venlafaxine|r:39786=venlafaxine|venlafaxine;venlafaxine ER;venlafaxine hydrochloride|Effexor;Effexor XR|venlafaxine XR;venlafaxine HCl;venlafaxine HCl ER;venlafaxin;Effexor ER|37.5 mg;75 mg;150 mg|capsule
desvenlafaxine|r:734064=desvenlafaxine|desvenlafaxine;desvenlafaxine succinate ER|Pristiq|desvenlafaxine succ;desvenlafaxine ER;Pristiq ER;desvenlafaxine succ ER|50 mg;100 mg|ER tablet
duloxetine|r:72625=duloxetine|duloxetine;DULoxetine;duloxetine hydrochloride|Cymbalta|duloxetine HCl;duloxetine DR;Cymbalta cap;duloxitine|20 mg;30 mg;60 mg|capsule
bupropion|r:42347=bupropion|bupropion;buPROPion XL;bupropion hydrochloride;bupropion SR|Wellbutrin;Wellbutrin XL;Zyban|bupropion HCl;bupropion XL 150;Wellbutrin SR;bupropion HCl XL;bupropin|100 mg;150 mg;300 mg|ER tablet
buspirone|r:1827=buspirone|buspirone;busPIRone;buspirone hydrochloride|Buspar|buspirone HCl;buspirone tabs;BuSpar tab;busparone|5 mg;10 mg;15 mg|tablet
trazodone|r:10737=trazodone|trazodone;traZODone;trazodone hydrochloride|Desyrel|trazodone HCl;traz;trazodone qhs;trazodone tabs|50 mg;100 mg|tablet
mirtazapine|r:15996=mirtazapine|mirtazapine|Remeron|mirtazapine ODT;Remeron SolTab;mirtazepine;mirtazapine tabs|15 mg;30 mg|tablet
amitriptyline|r:704=amitriptyline|amitriptyline;amitriptyline hydrochloride|Elavil|amitriptyline HCl;amitrip;amitryptiline;Elavil tab|10 mg;25 mg|tablet
nortriptyline|r:7531=nortriptyline|nortriptyline;nortriptyline hydrochloride|Pamelor|nortriptyline HCl;nortrip;Pamelor cap;nortryptiline|10 mg;25 mg|capsule
alprazolam|r:596=alprazolam|alprazolam;ALPRAZolam|Xanax;Xanax XR|alprazolam XR;alprazolam tabs;Xanax tab;alprazalam|0.25 mg;0.5 mg|tablet
lorazepam|r:6470=lorazepam|lorazepam;LORazepam|Ativan|lorazepam tabs;Ativan tab;lorazepan;lorazepam PO|0.5 mg;1 mg|tablet
diazepam|r:3322=diazepam|diazepam;diazePAM|Valium|diazepam tabs;Valium tab;diazepan;diazepam PO|2 mg;5 mg|tablet
zolpidem|r:39993=zolpidem|zolpidem;zolpidem tartrate|Ambien;Ambien CR|zolpidem ER;zolpidem CR;Edluar;zolpidem tabs|5 mg;10 mg|tablet
quetiapine|r:51272=quetiapine|quetiapine;QUEtiapine fumarate|Seroquel;Seroquel XR|quetiapine XR;quetiapine fum;Seroquel tab;seroquil;quetiapine tabs|25 mg;50 mg;100 mg|tablet
olanzapine|r:61381=olanzapine|olanzapine;OLANZapine|Zyprexa|olanzapine ODT;Zyprexa Zydis;olanzapine tabs;olanzepine|5 mg;10 mg|tablet
risperidone|r:35636=risperidone|risperidone;risperiDONE|Risperdal|risperidone ODT;Risperdal M-Tab;risperidone tabs;risperdone|0.5 mg;1 mg|tablet
aripiprazole|r:89013=aripiprazole|aripiprazole;ARIPiprazole|Abilify|Abilify tab;aripiprazol;aripiprazole tabs;aripirazole|5 mg;10 mg|tablet
lithium|r:6448=lithium|lithium carbonate;lithium;lithium carbonate ER|Lithobid|lithium carb;lithium ER;Eskalith;carbonato de litio|300 mg|capsule
lamotrigine|r:28439=lamotrigine|lamotrigine;lamoTRIgine|Lamictal|LTG;lamotrigine XR;Lamictal XR;lamotrigine ODT;lamotragine|25 mg;100 mg|tablet
levetiracetam|r:114477=levetiracetam|levetiracetam;levETIRAcetam|Keppra;Keppra XR|levetiracetam ER;Keppra tab;LEV (levetiracetam);levitiracetam|500 mg;750 mg|tablet
topiramate|r:38404=topiramate|topiramate|Topamax|TPM (topiramate);Topamax Sprinkle;topiramate ER;Trokendi XR;topirimate|25 mg;50 mg|tablet
carbamazepine|r:2002=carbamazepine|carbamazepine;carBAMazepine|Tegretol|CBZ;carbamazepine ER;Tegretol XR;Carbatrol;carbamazapine|200 mg|tablet
oxcarbazepine|r:32624=oxcarbazepine|oxcarbazepine;OXcarbazepine|Trileptal|OXC;Oxtellar XR;oxcarbazepine ER;Trileptal tab;oxcarbazapine|150 mg;300 mg|tablet
phenytoin|r:8183=phenytoin|phenytoin;phenytoin sodium extended|Dilantin|phenytoin ER;Dilantin Kapseals;phenytoin Na ER;Dilantin cap;phenytoin sod ext|100 mg|capsule
gabapentin|r:25480=gabapentin;r:310431=gabapentin 300 MG Oral Capsule;r:310430=gabapentin 100 MG Oral Capsule|gabapentin|Neurontin;Gralise|gabapentin caps;GBP (gabapentin);gabapentin TID;neurotin;Neurontin cap|100 mg;300 mg|capsule
pregabalin|r:187832=pregabalin|pregabalin|Lyrica|pregabalin caps;Lyrica cap;pregabalin CR;pregablin|50 mg;75 mg|capsule
donepezil|r:135447=donepezil|donepezil;donepezil hydrochloride|Aricept|donepezil HCl;donepezil ODT;Aricept ODT;donezepil|5 mg;10 mg|tablet
memantine|r:6719=memantine|memantine;memantine hydrochloride|Namenda|memantine HCl;Namenda XR;memantine ER;memantin|5 mg;10 mg|tablet
carbidopa-levodopa||carbidopa-levodopa;carbidopa / levodopa;levodopa-carbidopa|Sinemet;Sinemet CR|carb/levo;levodopa/carbidopa;carbidopa/levodopa ER;carbidopa-levodopa IR;Sinemet 25/100|25-100 mg;25-250 mg|tablet
ropinirole|r:72302=ropinirole|ropinirole;rOPINIRole|Requip|ropinirole HCl;ropinirole XL;Requip XL;ropinerole|0.5 mg;1 mg|tablet
pramipexole|r:746741=pramipexole|pramipexole;pramipexole dihydrochloride|Mirapex|pramipexole di-HCl;pramipexole ER;Mirapex ER;pramapexole|0.125 mg;0.25 mg|tablet
methylphenidate|r:6901=methylphenidate|methylphenidate;methylphenidate ER|Ritalin;Concerta|MPH;methylphenidate HCl;Ritalin LA;methylphenidate CD;Concerta ER|10 mg;18 mg|tablet
dexmethylphenidate|r:352372=dexmethylphenidate|dexmethylphenidate;dexmethylphenidate XR|Focalin;Focalin XR|d-MPH;dexmethylphenidate HCl;dexmethylphenidate ER;dex-methylphenidate|5 mg;10 mg|capsule
sumatriptan|r:37418=sumatriptan|sumatriptan;SUMAtriptan succinate|Imitrex|sumatriptan succ;Imitrex tab;sumatriptan tabs;sumatriptin|50 mg;100 mg|tablet
rizatriptan|r:88014=rizatriptan|rizatriptan;rizatriptan benzoate|Maxalt;Maxalt-MLT|rizatriptan ODT;Maxalt MLT;rizatriptan benz;rizatriptin|5 mg;10 mg|tablet
omeprazole|r:7646=omeprazole;r:198051=omeprazole 20 MG Delayed Release Oral Capsule|omeprazole;omeprazole DR|Prilosec;Prilosec OTC|omep;omeprazole EC;omeprazole OTC;omeprazole caps;omeprozole|20 mg;40 mg|capsule
esomeprazole|r:283742=esomeprazole|esomeprazole;esomeprazole magnesium|Nexium|esomeprazole mag;esomeprazole DR;Nexium 24HR;esomeprozole|20 mg;40 mg|capsule
lansoprazole|r:17128=lansoprazole|lansoprazole|Prevacid|lansoprazole DR;lansoprazole ODT;Prevacid SoluTab;lanzoprazole|15 mg;30 mg|capsule
pantoprazole|r:40790=pantoprazole|pantoprazole;pantoprazole sodium|Protonix|pantoprazole EC;pantoprazole DR;pantoprazole Na;Protonix EC;pantoprozole|20 mg;40 mg|tablet
famotidine|r:4278=famotidine|famotidine|Pepcid;Pepcid AC|famotidine OTC;famotidine tabs;Pepcid tab;famotodine|20 mg;40 mg|tablet
ranitidine|r:9143=ranitidine|ranitidine;ranitidine hydrochloride|Zantac|ranitidine HCl;Zantac 150;ranitadine;ranitidine tabs|150 mg|tablet
ondansetron|r:26225=ondansetron|ondansetron;ondansetron ODT;ondansetron hydrochloride|Zofran;Zofran ODT|ondansetron HCl;Zofran tab;ondansetron disintegrating tab;ondanestron|4 mg;8 mg|tablet
metoclopramide|r:6915=metoclopramide|metoclopramide;metoclopramide hydrochloride|Reglan|metoclopramide HCl;Reglan tab;metaclopramide;metoclopramide ODT|5 mg;10 mg|tablet
docusate|r:82003=docusate|docusate;docusate sodium|Colace|docusate Na;DSS 100 mg;Colace cap;docusate sod;DOK|100 mg|capsule
senna|r:36387=sennosides, USP|sennosides;senna|Senokot|senna tabs;Senna-Lax;sennoside;Senokot tab|8.6 mg|tablet
senna-docusate||senna-docusate;sennosides-docusate sodium;sennosides / docusate|Senokot-S;Peri-Colace|Senna-S;senna plus docusate;senna w/ docusate;docusate-sennosides;Senexon-S|8.6-50 mg|tablet
acetaminophen|r:161=acetaminophen;r:198440=acetaminophen 500 MG Oral Tablet|acetaminophen|Tylenol;Tylenol Extra Strength|APAP 500;Tylenol ES;acetominophen;Tylenol Arthritis;acetaminophen ES|325 mg;500 mg|tablet
hydrocodone-acetaminophen|r:857002=acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet|hydrocodone-acetaminophen;hydrocodone / acetaminophen;acetaminophen-hydrocodone;HYDROcodone-acetaminophen|Norco;Vicodin;Lortab|hydrocod/APAP;hydrocodone w/ APAP;hydrocodone bit-acetaminophen;Norco tab;Vicodin ES|5-325 mg;10-325 mg|tablet
oxycodone-acetaminophen||oxycodone-acetaminophen;oxycodone / acetaminophen;acetaminophen-oxycodone;oxyCODONE-acetaminophen|Percocet;Endocet|Roxicet;Percocet 5/325;oxycodone w/ APAP;APAP/oxycodone;oxycod-APAP|5-325 mg;10-325 mg|tablet
oxycodone|r:7804=oxycodone|oxycodone;oxyCODONE;oxycodone hydrochloride|Roxicodone;OxyContin|oxycodone IR;oxycodone HCl;oxycodone ER;OxyIR;Oxy Contin|5 mg;10 mg|tablet
acetaminophen-codeine||acetaminophen-codeine;acetaminophen / codeine;codeine-acetaminophen|Tylenol with Codeine #3;Tylenol #3|Tylenol w/ codeine;APAP/codeine;acetaminophen w/ codeine;T#3;APAP w/ codeine|300-30 mg|tablet
morphine|r:7052=morphine|morphine;morphine sulfate ER;morphine sulfate|MS Contin|MSIR;morphine ER;morphine IR;Kadian;morphine sulf|15 mg;30 mg|ER tablet
hydromorphone|r:3423=hydromorphone|hydromorphone;HYDROmorphone;hydromorphone hydrochloride|Dilaudid|hydromorphone HCl;hydromorph;Dilaudid tab;dilauded|2 mg;4 mg|tablet
tramadol|r:10689=tramadol;r:835603=tramadol hydrochloride 50 MG Oral Tablet|tramadol;traMADol;tramadol hydrochloride|Ultram|tramadol HCl;Ultram ER;tramadol ER;tramodol|50 mg|tablet
ibuprofen|r:5640=ibuprofen;r:197806=ibuprofen 600 MG Oral Tablet;r:197807=ibuprofen 800 MG Oral Tablet|ibuprofen|Motrin;Advil|IBU;ibu 800;Motrin IB;ibuprofen tabs;ibuprofin|200 mg;600 mg;800 mg|tablet
naproxen|r:7258=naproxen|naproxen;naproxen sodium|Naprosyn;Aleve;Anaprox|naproxen Na;EC-Naprosyn;naproxen DR;Anaprox DS;naproxin|220 mg;500 mg|tablet
meloxicam|r:41493=meloxicam|meloxicam|Mobic|meloxicam tabs;Mobic tab;meloxican;Mobic 15|7.5 mg;15 mg|tablet
celecoxib|r:140587=celecoxib|celecoxib|Celebrex|celecoxib caps;Celebrex cap;celocoxib|100 mg;200 mg|capsule
cyclobenzaprine|r:21949=cyclobenzaprine|cyclobenzaprine;cyclobenzaprine hydrochloride|Flexeril|cyclobenzaprine HCl;cyclobenz;Amrix;Flexeril tab;cyclobenzaprin|5 mg;10 mg|tablet
tizanidine|r:57258=tizanidine|tizanidine;tiZANidine|Zanaflex|tizanidine HCl;Zanaflex tab;tizanidine caps;tizanadine|2 mg;4 mg|tablet
allopurinol|r:519=allopurinol;r:197319=allopurinol 100 MG Oral Tablet;r:197320=allopurinol 300 MG Oral Tablet|allopurinol|Zyloprim|allopurinol tabs;Zyloprim tab;allopurinal|100 mg;300 mg|tablet
colchicine|r:2683=colchicine|colchicine|Colcrys;Mitigare|colchicine tabs;Colcrys tab;colchicine caps;colchecine|0.6 mg|tablet
prednisone|r:8640=prednisone;r:312617=prednisone 20 MG Oral Tablet;r:312615=prednisone 10 MG Oral Tablet|prednisone;predniSONE|Deltasone;Rayos|prednisone taper;prednisone tabs;prednisone dose pack;predinsone;Sterapred|5 mg;10 mg;20 mg|tablet
prednisolone|r:8638=prednisolone|prednisolone;prednisoLONE;prednisolone sodium phosphate|Orapred;Prelone|prednisolone sod phos;prednisolone syrup;Pediapred;Millipred|15 mg/5 mL|solution
methylprednisolone|r:6902=methylprednisolone|methylprednisolone;methylPREDNISolone|Medrol;Medrol Dosepak|methylpred;Medrol dose pack;Medrol pak;methylprednisolone dose pack;Solu-Medrol|4 mg|tablet
dexamethasone|r:3264=dexamethasone|dexamethasone|Decadron|dex (dexamethasone);dexameth;Decadron tab;dexamethasone tabs;dexamethazone|4 mg|tablet
methotrexate|r:6851=methotrexate;r:105585=methotrexate 2.5 MG Oral Tablet|methotrexate;methotrexate sodium|Trexall|MTX weekly;methotrexate Na;methotrexate tabs;Rheumatrex;Otrexup|2.5 mg|tablet
metolazone|r:6916=metolazone|metolazone|Zaroxolyn|metolazone tabs;Zaroxolyn tab;metalazone|2.5 mg;5 mg|tablet
hydroxychloroquine|r:5521=hydroxychloroquine|hydroxychloroquine;hydroxychloroquine sulfate|Plaquenil|hydroxychloroquine sulf;Plaquenil tab;hydroxychlor;hydroxycloroquine|200 mg|tablet
albuterol|r:435=albuterol|albuterol;albuterol sulfate HFA;albuterol HFA|Ventolin HFA;ProAir HFA;Proventil HFA|albuterol MDI;Ventolin;ProAir;albuterol inh;albuterol neb|90 mcg/actuation|inhaler
levalbuterol|r:237159=levalbuterol|levalbuterol;levalbuterol tartrate HFA|Xopenex;Xopenex HFA|levalbuterol HFA;Xopenex neb;levalbuterol neb;levalbuteral|45 mcg/actuation|inhaler
ipratropium-albuterol||ipratropium-albuterol;ipratropium / albuterol;albuterol-ipratropium|Combivent Respimat;DuoNeb|Combivent;albuterol/ipratropium;ipratropium-albuterol neb;ipratropium + albuterol;ipratrop-albuterol|20-100 mcg/actuation|inhaler
fluticasone|r:41126=fluticasone|fluticasone propionate;fluticasone|Flovent HFA;Flonase|fluticasone nasal;Flovent;fluticasone prop;Flonase nasal spray;Flovent Diskus|50 mcg/actuation|nasal spray
fluticasone-salmeterol||fluticasone-salmeterol;fluticasone / salmeterol;fluticasone propionate-salmeterol|Advair Diskus;Advair HFA;Wixela Inhub|Advair;Advair 250/50;fluticasone-salmet;AirDuo;fluticasone + salmeterol|100-50 mcg;250-50 mcg|inhaler
budesonide|r:19831=budesonide|budesonide|Pulmicort;Rhinocort|budesonide neb;Pulmicort Flexhaler;Pulmicort Respules;Entocort|180 mcg/actuation|inhaler
budesonide-formoterol||budesonide-formoterol;budesonide / formoterol;budesonide-formoterol fumarate|Symbicort|Symbicort inh;budesonide + formoterol;Breyna;Symbicort 160/4.5|80-4.5 mcg;160-4.5 mcg|inhaler
montelukast|r:88249=montelukast;r:200224=montelukast 10 MG Oral Tablet|montelukast;montelukast sodium|Singulair|montelukast Na;montelukast chewable;Singulair tab;montelucast|5 mg;10 mg|tablet
cetirizine|r:20610=cetirizine|cetirizine;cetirizine hydrochloride|Zyrtec|cetirizine HCl;cetirizine OTC;Zyrtec tab;certirizine|5 mg;10 mg|tablet
levocetirizine|r:398335=levocetirizine|levocetirizine;levocetirizine dihydrochloride|Xyzal|levocetirizine di-HCl;levocetirizine tabs;Xyzal tab;levocetrizine|5 mg|tablet
loratadine|r:28889=loratadine|loratadine|Claritin|loratidine;Claritin tab;loratadine OTC;Alavert|10 mg|tablet
loratadine-pseudoephedrine||loratadine-pseudoephedrine;loratadine / pseudoephedrine|Claritin-D|Claritin D;loratadine-D;Claritin-D 24 hour;loratadine/PSE|5-120 mg|ER tablet
diphenhydramine|r:3498=diphenhydramine|diphenhydramine;diphenhydrAMINE HCl|Benadryl|Benadryl cap;diphenhydramine caps;diphenhydramine hydrochloride;diphenhydramine OTC|25 mg;50 mg|capsule
amoxicillin|r:723=amoxicillin;r:308191=amoxicillin 500 MG Oral Capsule|amoxicillin;amoxicillin trihydrate|Amoxil|amox;amoxicillin caps;amox 500;amoxicillin trihyd;amoxacillin|250 mg;500 mg|capsule
amoxicillin-clavulanate|r:19711=amoxicillin / clavulanate|amoxicillin-clavulanate;amoxicillin / clavulanate;amoxicillin-pot clavulanate|Augmentin;Augmentin XR|amox/clav;amoxicillin-clav;amoxicillin/K clav;Augmentin ES-600;amoxicillin/clavulanic acid|875-125 mg;500-125 mg|tablet
sulfamethoxazole-trimethoprim|r:10831=sulfamethoxazole / trimethoprim|sulfamethoxazole-trimethoprim;sulfamethoxazole / trimethoprim;trimethoprim-sulfamethoxazole|Bactrim;Bactrim DS;Septra DS|TMP/SMX;SMX/TMP DS;Septra;co-trimoxazole;sulfameth-trimethoprim|800-160 mg;400-80 mg|tablet
azithromycin|r:18631=azithromycin;r:308460=azithromycin 250 MG Oral Tablet|azithromycin|Zithromax;Zithromax Z-Pak|Zpak;azithro;Z-Pack;azithromycin dose pack|250 mg;500 mg|tablet
ciprofloxacin|r:2551=ciprofloxacin;r:309309=ciprofloxacin 500 MG Oral Tablet|ciprofloxacin;ciprofloxacin hydrochloride|Cipro|ciproflox;ciprofloxacin HCl;Cipro XR;Cipro tab|250 mg;500 mg|tablet
levofloxacin|r:82122=levofloxacin|levofloxacin|Levaquin|levoflox;levofloxacin tabs;Levaquin tab;levafloxacin|500 mg;750 mg|tablet
doxycycline|r:3640=doxycycline|doxycycline hyclate;doxycycline monohydrate;doxycycline|Vibramycin|doxy hyclate;doxycycline mono;doxycycline hycl;Doryx;Monodox|100 mg|capsule
cephalexin|r:2231=cephalexin|cephalexin|Keflex|cephalexin caps;Keflex cap;cephalexin monohydrate;cephalaxin|250 mg;500 mg|capsule
valacyclovir|r:73645=valacyclovir|valacyclovir;valACYclovir|Valtrex|valacyclovir HCl;valacyclovir tabs;Valtrex tab;valcyclovir|500 mg;1,000 mg|tablet
acyclovir|r:281=acyclovir|acyclovir|Zovirax|acyclovir tabs;acyclovir caps;Zovirax cap;acylovir|400 mg;800 mg|tablet
fluconazole|r:4450=fluconazole|fluconazole|Diflucan|fluconazole tabs;Diflucan tab;fluconozole|100 mg;150 mg|tablet
tamsulosin|r:77492=tamsulosin|tamsulosin;tamsulosin hydrochloride|Flomax|tamsulosin HCl;tamsulosin caps;Flomax cap;tamsulosin ER|0.4 mg|capsule
finasteride|r:25025=finasteride|finasteride|Proscar;Propecia|finasteride tabs;Proscar tab;finesteride|1 mg;5 mg|tablet
sildenafil|r:136411=sildenafil|sildenafil;sildenafil citrate|Viagra;Revatio|sildenafil cit;sildenafil tabs;Viagra tab;sildenifil|20 mg;50 mg|tablet
tadalafil|r:358263=tadalafil|tadalafil|Cialis;Adcirca|tadalafil tabs;Cialis daily;tadalafil daily;tadalifil|5 mg;20 mg|tablet
alendronate|r:46041=alendronate|alendronate;alendronate sodium|Fosamax|alendronate Na;alendronate weekly;Fosamax weekly;alendronic acid;aledronate|35 mg;70 mg|tablet
potassium-chloride|r:8591=potassium chloride|potassium chloride;potassium chloride ER|Klor-Con;K-Dur|KCl ER;pot chloride;potassium Cl;K-Tab;Klor-Con M20|10 mEq;20 mEq|ER tablet
folic-acid|r:4511=folic acid|folic acid|Folvite|folate;folic acid tabs;acido folico;FA (folic acid)|1 mg|tablet
cholecalciferol|r:2418=cholecalciferol|cholecalciferol;cholecalciferol (vitamin D3)|Delta D3|D3;vitamin D-3;vit D-3;cholecalciferol (D3);vitamina D3|1,000 units;5,000 units|capsule
ergocalciferol|r:4018=ergocalciferol|ergocalciferol;ergocalciferol (vitamin D2)|Drisdol|vitamin D-2;vit D-2;ergocalciferol (D2);D2 50,000;vitamina D2|50,000 units|capsule
cyanocobalamin|r:11248=vitamin B12|cyanocobalamin;cyanocobalamin (vitamin B-12)|Nascobal|B12;vit B12;B-12;cyanocobalamin inj;B12 shots|1,000 mcg|tablet
fluorouracil|r:4492=fluorouracil|fluorouracil topical;fluorouracil|Efudex|5-FU cream;5-fluorouracil;Carac;Efudex cream;fluorouracil crm|5 %|cream
triamcinolone|r:10759=triamcinolone|triamcinolone acetonide;triamcinolone|Kenalog|TAC 0.1% cream;triamcinolone crm;triamcinolone acet;Kenalog cream;triamcinalone|0.1 %|cream
clobetasol|r:21245=clobetasol|clobetasol propionate;clobetasol|Temovate|clobetasol oint;clobetasol crm;Temovate cream;Clobex|0.05 %|cream
latanoprost|r:43611=latanoprost|latanoprost|Xalatan|latanoprost ophth;Xalatan gtt;Xalatan eye drops;latanaprost|0.005 %|eye drops
timolol|r:10600=timolol|timolol maleate;timolol|Timoptic|timolol ophth;timolol mal;Timoptic XE;timolol GFS|0.5 %|eye drops
dorzolamide-timolol||dorzolamide-timolol;dorzolamide / timolol|Cosopt|dorzolamide-timolol ophth;Cosopt PF;dorzolamide + timolol;dorzolamide HCl-timolol maleate|2-0.5 %|eye drops
";

/// topic | codes | usual words | unusual words
const VACCINES: &str = "
influenza|c:140=Influenza, split virus, trivalent, PF;c:141=Influenza, split virus, trivalent, preservative;c:150=Influenza, split virus, quadrivalent, PF;c:158=Influenza, split virus, quadrivalent, preservative;c:135=Influenza, high-dose, trivalent, PF;c:197=Influenza, high-dose, quadrivalent, PF;c:149=influenza, live, intranasal, quadrivalent;c:185=Influenza, recombinant, quadrivalent, PF;c:88=influenza, unspecified formulation|Influenza, seasonal, injectable;Influenza vaccine;Influenza, injectable, quadrivalent, preservative free;influenza virus vaccine, inactivated;Influenza high dose|flu vaccine;Fluzone;flu vax;IIV4;Flucelvax
covid-19|c:207=COVID-19, mRNA, LNP-S, PF, 100 mcg/0.5mL dose or 50 mcg/0.25mL dose;c:208=COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose;c:212=COVID-19 vaccine, vector-nr, rS-Ad26, PF, 0.5 mL;c:213=SARS-COV-2 (COVID-19) vaccine, UNSPECIFIED;c:300=COVID-19, mRNA, LNP-S, bivalent, PF, 30 mcg/0.3 mL dose|COVID-19 mRNA vaccine;SARS-CoV-2 vaccine;COVID-19 vaccine, Pfizer-BioNTech;COVID-19, mRNA, LNP-S, PF|COVID vax;Pfizer COVID vaccine;COVID-19 booster;Moderna COVID-19 vaccine;J&J covid vaccine
tetanus-diphtheria-pertussis|c:20=DTaP;c:115=Tdap;c:09=Td (adult), 2 Lf tetanus toxoid, preservative free, adsorbed;c:113=Td (adult), 5 Lf tetanus toxoid, preservative free, adsorbed;c:01=DTP|Tdap;DTaP;Td (adult);tetanus, diphtheria and acellular pertussis vaccine;Tetanus and diphtheria toxoids, adult|Td booster;tetanus booster;DTaP #4;Tdap vaccine;DPT
pneumococcal|c:33=pneumococcal polysaccharide PPV23;c:133=Pneumococcal conjugate PCV 13;c:215=Pneumococcal conjugate PCV15, polysaccharide CRM197 conjugate, adjuvant, PF;c:216=Pneumococcal conjugate PCV20, polysaccharide CRM197 conjugate, adjuvant, PF;c:109=pneumococcal, unspecified formulation|Pneumococcal polysaccharide vaccine, 23 valent;Pneumococcal conjugate vaccine, 13-valent;pneumococcal 13-valent conjugate vaccine;Pneumococcal conjugate PCV 20|PCV13;PCV20;Pneumovax 23;Prevnar;pneumonia vaccine
hepatitis-a|c:52=Hep A, adult;c:83=Hep A, ped/adol, 2 dose;c:85=Hep A, unspecified formulation|Hepatitis A vaccine;Hep A, adult;hepatitis A vaccine, pediatric/adolescent dosage, 2 dose schedule|HepA;Hep A vaccine;Hep A #1;hepatitis A shot
hepatitis-b|c:08=Hep B, adolescent or pediatric;c:43=Hep B, adult;c:45=Hep B, unspecified formulation;c:189=HepB-CpG|Hepatitis B vaccine;Hep B, adult;hepatitis B vaccine, pediatric or adolescent dosage|HepB;Hep B vaccine;Hep B #3;Engerix;hepatitis B shot
hepatitis-b-immune-globulin|c:30=HBIG|Hepatitis B immune globulin;hepatitis B immune globulin, human|hep B IG;Nabi-HB;hep B immune glob;hepatitis B immunoglobulin
measles-mumps-rubella|c:03=MMR|MMR;measles, mumps and rubella virus vaccine;Measles/mumps/rubella|MMR vaccine;MMR #2;M.M.R.;MMR II;measles mumps rubella
varicella|c:21=varicella|Varicella;varicella virus vaccine;Varicella vaccine live|VAR;chickenpox shot;varicella #1;chicken pox vaccine;vacuna varicela
zoster|c:187=zoster recombinant;c:121=zoster live;c:188=zoster, unspecified formulation|Zoster recombinant;zoster vaccine, live;Zoster vaccine recombinant, adjuvanted|shingles vaccine;shingles vax;Shingrix #1;ZVL;herpes zoster vaccine
human-papillomavirus|c:165=HPV9;c:62=HPV, quadrivalent;c:118=HPV, bivalent;c:137=HPV, unspecified formulation|HPV9;Human papillomavirus 9-valent vaccine;human papilloma virus vaccine, quadrivalent|HPV vaccine;9vHPV;HPV #2;HPV shot;vacuna VPH
meningococcal|c:114=meningococcal MCV4P;c:136=Meningococcal MCV4O;c:203=meningococcal polysaccharide (groups A, C, Y, W-135) TT conjugate;c:108=meningococcal ACWY, unspecified formulation|Meningococcal MCV4P;Meningococcal ACWY vaccine;meningococcal polysaccharide conjugate vaccine (groups A, C, Y, W-135)|MCV4;MenACWY;meningitis vaccine;meningococcal vaccine;Menomune
polio|c:10=IPV;c:02=OPV;c:89=polio, unspecified formulation|IPV;poliovirus vaccine, inactivated;Polio vaccine, inactivated|polio vaccine;IPV #3;eIPV;polio vac;oral polio
haemophilus-influenzae-b|c:49=Hib (PRP-OMP);c:48=Hib (PRP-T);c:17=Hib, unspecified formulation|Hib (PRP-T);Haemophilus influenzae type b vaccine;Hib, unspecified formulation;Haemophilus influenzae type b vaccine, PRP-OMP conjugate|Hib;Hib vaccine;Hib #3;H. influenzae type b vaccine
rotavirus|c:116=rotavirus, pentavalent;c:119=rotavirus, monovalent;c:122=rotavirus, unspecified formulation|Rotavirus, pentavalent;rotavirus, live, monovalent vaccine|RV5;RV1;rotavirus vaccine;rota vaccine;rotavirus oral
respiratory-syncytial-virus|c:303=RSV, recombinant, protein subunit RSVpreF, adjuvant reconstituted, 0.5 mL, PF;c:305=RSV, bivalent, protein subunit RSVpreF, diluent reconstituted, 0.5 mL, PF|RSV vaccine, recombinant;Respiratory syncytial virus vaccine|RSV vaccine;RSV vax;RSVpreF;RSV (Abrysvo)
typhoid|c:101=typhoid, ViCPs;c:25=typhoid, oral;c:91=typhoid, unspecified formulation|Typhoid, ViCPs;typhoid vaccine, live, oral;Typhoid Vi capsular polysaccharide vaccine|typhoid shot;typhoid vaccine;oral typhoid;Ty21a;typhoid Vi
yellow-fever|c:37=yellow fever live|Yellow fever vaccine;yellow fever, live|YF vaccine;yellow fever shot;yellow fever vac;vacuna fiebre amarilla
japanese-encephalitis|c:134=Japanese Encephalitis IM;c:39=Japanese encephalitis SC|Japanese encephalitis vaccine;Japanese encephalitis, intramuscular|JEV;JE-VC;JE-Vax;Jap enceph vaccine
rabies|c:18=rabies, intramuscular injection;c:90=rabies, unspecified formulation|Rabies vaccine;rabies, intramuscular injection|rabies shot;HDCV;PCECV;rabies vac;rabies pre-exposure vaccine
rabies-immune-globulin|c:34=RIG|Rabies immune globulin;rabies immune globulin, human|HRIG;rabies IG;rabies immunoglobulin;HyperRAB S/D;KEDRAB
cholera|c:26=cholera, unspecified formulation;c:174=cholera, live attenuated|Cholera vaccine;cholera, live attenuated|cholera vac;oral cholera vaccine;Dukoral
anthrax|c:24=anthrax|Anthrax vaccine;Anthrax|anthrax shot;anthrax vac;AVA;anthrax vaccine adsorbed
smallpox-mpox|c:75=vaccinia (smallpox);c:206=Vaccinia, smallpox monkeypox vaccine live, PF|Smallpox vaccine;smallpox and monkeypox vaccine, live|smallpox shot;MVA-BN;monkeypox vaccine;vaccinia vaccine;Dryvax
tuberculosis-bcg|c:19=BCG|BCG;Bacillus Calmette-Guerin vaccine;BCG vaccine|BCG vac;BCG (TB);BCG shot;Bacille Calmette-Guérin
tuberculin-skin-test|c:96=TST-PPD intradermal|TST-PPD intradermal;tuberculin skin test, purified protein derivative, intradermal|TST;PPD skin test;Mantoux;TB test (PPD);PPD placed
tick-borne-encephalitis|c:223=Tick-borne encephalitis, inactivated, PF, 0.5mL|Tick-borne encephalitis vaccine;Tick-borne encephalitis, inactivated|TBE vaccine;TBE vac;tickborne encephalitis vaccine;FSME vaccine
dengue|c:56=dengue fever|Dengue vaccine;Dengue fever vaccine|dengue vac;dengue shot;CYD-TDV;vacuna dengue
ebola|c:204=Ebola Zaire vaccine, live, recombinant, 1mL dose|Ebola Zaire vaccine;Ebola vaccine, live, recombinant|Ebola vaccine;ebola shot;rVSV-ZEBOV
adenovirus|c:143=Adenovirus types 4 and 7|Adenovirus, type 4 and type 7, live, oral;Adenovirus vaccine|adenovirus vac;adenovirus type 4/7;adenovirus 4 & 7
lyme|c:66=Lyme disease|Lyme disease vaccine;Lyme disease|Lyme vaccine;Lyme vac;Lyme dz vaccine
plague|c:23=plague|Plague vaccine|plague vac;Y. pestis vaccine;Yersinia pestis vaccine
";

/// topic | codes | usual words | unusual words
const PROCEDURES: &str = "
appendectomy|p:44950=Appendectomy;p:44970=Laparoscopic appendectomy;s:80146002=Excision of appendix;s:6025007=Laparoscopic appendectomy|Appendectomy;Laparoscopic appendectomy;Appendectomy, laparoscopic;Open appendectomy|lap appendectomy;s/p appy;appendix out;appendix removal;appy 1998
cholecystectomy|p:47562=Cholecystectomy;p:47600=Laparoscopic cholecystectomy;s:38102005=Cholecystectomy;s:45595009=Laparoscopic cholecystectomy|Cholecystectomy;Laparoscopic cholecystectomy;Cholecystectomy, laparoscopic|chole;lap cholecystectomy;GB removal;gallbladder out;s/p chole
colonoscopy|p:45378=Colonoscopy;p:45380=Diagnostic colonoscopy;s:73761001=Colonoscopy|Colonoscopy;Diagnostic colonoscopy;Colonoscopy with biopsy;Screening colonoscopy|colonoscopy w/ bx;colo;screening C-scope;colonoscopy w/ polypectomy;colon scope
colectomy|p:44140=Colectomy;s:23968004=Colectomy|Colectomy;Partial colectomy;Colectomy, partial|R hemicolectomy;sigmoid colectomy;colon resection;lap colectomy;part of colon removed
sigmoidoscopy|p:45330=Flexible sigmoidoscopy;s:44441009=Flexible fiberoptic sigmoidoscopy|Flexible sigmoidoscopy;Sigmoidoscopy|flex sigmoidoscopy;flex sigmoid;sigmoid scope;sigmoidoscopy, flex
upper-endoscopy|p:43235=Esophagogastroduodenoscopy;p:43239=Upper gastrointestinal endoscopy;s:76009000=Esophagogastroduodenoscopy|Esophagogastroduodenoscopy;Upper gastrointestinal endoscopy;EGD with biopsy;EGD (esophagogastroduodenoscopy)|EGD w/ bx;upper GI endoscopy;gastroscopy;upper endo;oesophagogastroduodenoscopy
knee-replacement|p:27447=Total knee replacement;s:609588000=Total knee replacement|Total knee replacement;Left total knee arthroplasty;Right total knee arthroplasty;Total knee arthroplasty;Replacement of left knee joint|TKA;R TKA;L TKR;total knee;prótesis de rodilla
hip-replacement|p:27130=Total hip replacement;s:52734007=Total replacement of hip|Total hip replacement;Left total hip arthroplasty;Right total hip arthroplasty;Total hip arthroplasty|THA;L THR;total hip;hip replacement;prótesis de cadera
shoulder-replacement|p:23472=Total shoulder replacement|Total shoulder replacement;Total shoulder arthroplasty;Reverse total shoulder arthroplasty|R TSA (shoulder);total shoulder;reverse TSA;shoulder replacement;reverse shoulder
rotator-cuff-repair|p:29827=Rotator cuff repair;p:23412=Arthroscopic rotator cuff repair|Rotator cuff repair;Arthroscopic rotator cuff repair;Repair of rotator cuff, left|RTC repair;R rotator cuff repair;arthroscopic RCR;rotator cuff surgery;L RCR
acl-reconstruction|p:29888=Anterior cruciate ligament reconstruction|Anterior cruciate ligament reconstruction;Reconstruction of anterior cruciate ligament|ACL recon;ACL reconstruction;R ACL repair;L ACL recon w/ BTB graft
knee-meniscectomy|p:29881=Arthroscopic meniscectomy of knee|Arthroscopic meniscectomy of knee;Knee arthroscopy with medial meniscectomy|partial meniscectomy;L knee scope w/ meniscectomy;medial meniscectomy, R;torn meniscus surgery;lateral meniscectomy
carpal-tunnel-release|p:64721=Carpal tunnel release|Carpal tunnel release;Right carpal tunnel release;Decompression of carpal tunnel|R CTR;ECTR;L carpal tunnel release;bilat CTR;endoscopic carpal tunnel release
lumbar-fusion|p:22612=Lumbar spinal fusion|Lumbar spinal fusion;Posterior lumbar fusion;Lumbar fusion|TLIF L4-5;L4-L5 fusion;L-spine fusion;lumbar spine fusion;fusión lumbar
cervical-fusion|p:22551=Anterior cervical discectomy and fusion|Anterior cervical discectomy and fusion;Cervical spinal fusion|ACDF C5-6;cervical fusion;C-spine fusion;anterior cervical fusion;C5-C6 fusion
cesarean-section|p:59510=Cesarean section;p:59514=Cesarean delivery;s:11466000=Cesarean section|Cesarean section;Cesarean delivery;Low transverse cesarean section|C/S;repeat C-section;cesarean;caesarean section;LTCS x2
hysterectomy|p:58150=Hysterectomy;p:58571=Total abdominal hysterectomy;s:236886002=Hysterectomy|Hysterectomy;Total abdominal hysterectomy;Laparoscopic hysterectomy;Vaginal hysterectomy|hyst;TVH;LAVH;TAH-BSO;total hyst
hysteroscopy|p:58555=Hysteroscopy|Hysteroscopy;Diagnostic hysteroscopy|hysteroscopy D&C;dx hysteroscopy;office hysteroscopy;hysteroscopy w/ D&C
tubal-ligation|p:58670=Tubal ligation|Tubal ligation;Bilateral tubal ligation;Laparoscopic tubal ligation|tubal;lap BTL;s/p BTL;tubal sterilization;tubal lig
vasectomy|p:55250=Vasectomy;s:22523008=Vasectomy|Vasectomy;Bilateral vasectomy|s/p vasectomy;no-scalpel vasectomy;bilat vasectomy;NSV (vasectomy)
prostatectomy|p:55866=Radical prostatectomy;s:90470006=Prostatectomy|Radical prostatectomy;Prostatectomy;Robotic assisted radical prostatectomy|RRP;RARP;robotic prostatectomy;s/p RRP;prostate removal
prostate-biopsy|p:55700=Prostate biopsy;s:65575008=Biopsy of prostate|Prostate biopsy;Biopsy of prostate;Transrectal prostate needle biopsy|prostate bx;TRUS biopsy;TRUS-guided prostate bx;biopsia de próstata
mastectomy|p:19303=Mastectomy;s:172043006=Simple mastectomy|Mastectomy;Simple mastectomy;Left mastectomy;Bilateral mastectomy|MRM;L mastectomy;bilat mastectomies;double mastectomy;masectomy
lumpectomy|p:19301=Lumpectomy of breast;s:392021009=Lumpectomy of breast|Lumpectomy of breast;Partial mastectomy;Breast lumpectomy|L lumpectomy;lumpectomy;R breast lumpectomy;lumpectomy w/ SLNB;BCS (lumpectomy)
breast-biopsy|p:19083=Biopsy of breast;s:122548005=Biopsy of breast|Biopsy of breast;Breast biopsy;Ultrasound guided breast biopsy, right|R breast bx;stereotactic breast bx;L breast biopsy;breast core bx;core biopsy breast
mammography|p:77067=Mammography;p:77066=Screening mammogram;s:71651007=Mammography|Mammography;Screening mammogram;Mammogram, bilateral, screening|mammogram;screening mammo;bilat mammogram;dx mammogram;annual mammogram
thyroidectomy|p:60240=Thyroidectomy;s:13619001=Thyroidectomy|Thyroidectomy;Total thyroidectomy|thyroid removal;near-total thyroidectomy;s/p thyroidectomy;thyroidectomy, total;thyroid gland removed
parathyroidectomy|p:60500=Parathyroidectomy|Parathyroidectomy;Parathyroidectomy, single gland|s/p parathyroidectomy;parathyroid surgery;parathyroid adenoma removed;PTX (parathyroid)
splenectomy|p:38100=Splenectomy;s:234319005=Splenectomy|Splenectomy;Laparoscopic splenectomy|lap splenectomy;spleen out;s/p splenectomy;spleen removal
nephrectomy|p:50220=Nephrectomy;p:50546=Laparoscopic nephrectomy;s:108022006=Nephrectomy|Nephrectomy;Laparoscopic nephrectomy;Left nephrectomy|R nephrectomy;lap nephrectomy;partial nephrectomy, L;s/p L nephrectomy;kidney removal
kidney-transplant|p:50360=Kidney transplant;s:70536003=Transplant of kidney|Kidney transplant;Renal transplantation;Transplant of kidney|renal transplant;kidney tx;DDKT;LDKT;s/p renal txp
lithotripsy|p:50590=Extracorporeal shock wave lithotripsy|Extracorporeal shock wave lithotripsy;Lithotripsy, extracorporeal shock wave (ESWL)|SWL;litho;lithotripsy;R ESWL;shockwave lithotripsy
cystoscopy|p:52000=Cystoscopy;s:24139008=Cystoscopy|Cystoscopy;Cystourethroscopy;Diagnostic cystoscopy|flex cysto;office cysto;cystoscopy, flexible;cysto in office
inguinal-hernia-repair|p:49505=Inguinal hernia repair;p:49650=Repair of left inguinal hernia;s:44558001=Repair of inguinal hernia|Inguinal hernia repair;Repair of left inguinal hernia;Inguinal herniorrhaphy;Laparoscopic inguinal hernia repair|RIH repair;IHR;L inguinal hernia repair;bilat inguinal hernia repair;lap inguinal hernia repair
umbilical-hernia-repair|p:49585=Umbilical hernia repair|Umbilical hernia repair;Repair of umbilical hernia|UHR;umb hernia repair;umbilical herniorrhaphy;belly button hernia repair;umbilical hernia repair w/ mesh
gastric-bypass|p:43644=Gastric bypass;s:442338001=Gastric bypass|Gastric bypass;Roux-en-Y gastric bypass;Laparoscopic Roux-en-Y gastric bypass|lap RYGB;RNY;Roux-en-Y;lap gastric bypass;RNY gastric bypass
sleeve-gastrectomy|p:43775=Sleeve gastrectomy|Sleeve gastrectomy;Laparoscopic sleeve gastrectomy|LSG;lap sleeve;vertical sleeve gastrectomy;gastric sleeve surgery;lap VSG
coronary-artery-bypass|p:33533=Coronary artery bypass graft;p:33510=Coronary artery bypass grafting;s:232717009=Coronary artery bypass grafting|Coronary artery bypass graft;Coronary artery bypass grafting;CABG x 3 (coronary artery bypass)|CABG x3;CABG x 2;s/p CABG;coronary bypass;triple bypass
coronary-stent|p:92928=Coronary artery stent placement;s:36969009=Placement of stent in coronary artery|Coronary artery stent placement;Placement of stent in coronary artery;Coronary stent placement|PCI w/ stent;stent to LAD;DES to RCA;coronary stent;cardiac stent
cardiac-catheterization|p:93458=Cardiac catheterization;s:41976001=Cardiac catheterization|Cardiac catheterization;Left heart catheterization;Catheterization, heart, left|cardiac cath;L heart cath;left heart cath;heart catheterization;LHC/cors
pacemaker-insertion|p:33208=Pacemaker insertion;s:307280005=Implantation of cardiac pacemaker|Pacemaker insertion;Implantation of cardiac pacemaker;Dual chamber pacemaker implantation|PPM;pacemaker placement;dual chamber PPM;pacer placed;pacemaker implant
defibrillator-insertion|p:33249=Implantable cardioverter defibrillator insertion|Implantable cardioverter defibrillator insertion;Implantation of automatic cardiac defibrillator|AICD;ICD implant;AICD placement;BiV ICD;defibrillator placed
carotid-endarterectomy|p:35301=Carotid endarterectomy;s:66951008=Carotid endarterectomy|Carotid endarterectomy;Left carotid endarterectomy;Endarterectomy, carotid|L CEA;R CEA;R carotid endarterectomy;carotid endart;endarterectomía carotídea
electrocardiogram|p:93000=Electrocardiogram;s:29303009=Electrocardiographic procedure|Electrocardiogram;12-lead ECG;Electrocardiogram, routine, 12 lead|ECG;12 lead EKG;resting EKG;EKG 12-lead;heart tracing
electroencephalogram|p:95816=Electroencephalogram;s:54550000=Electroencephalogram|Electroencephalogram;EEG awake and drowsy;Electroencephalography|routine EEG;video EEG;EEG, awake/asleep;sleep-deprived EEG;electroencefalograma
echocardiogram|p:93306=Echocardiogram;s:40701008=Echocardiography|Echocardiogram;Transthoracic echocardiogram;Echocardiography, transthoracic|cardiac echo;transthoracic echo;heart ultrasound;2-D echo;TTE w/ doppler
ct-head|p:70450=CT of head;s:303653007=Computed tomography of head|CT of head;CT head without contrast;Computed tomography of head;CT brain wo contrast|CT brain;CT head w/o;CT head noncon;CT scan of head;brain CT
ct-abdomen|p:74150=CT of abdomen;p:74160=CT abdomen with contrast;s:169070004=Computed tomography of abdomen|CT of abdomen;CT abdomen with contrast;Computed tomography of abdomen|CT abdomen;abdominal CT;CT abd w/ contrast;CT scan of abdomen;TAC abdomen
ct-chest|p:71250=CT of chest;p:71260=CT chest with contrast;s:169069000=Computed tomography of chest|CT of chest;CT chest with contrast;Computed tomography of thorax|CT chest;CT chest w/o;LDCT chest;CT scan of chest;thoracic CT
mri-brain|p:70551=MRI of brain;p:70553=MRI brain without contrast;s:816077007=Magnetic resonance imaging of brain|MRI of brain;MRI brain without contrast;Magnetic resonance imaging of brain|MRI brain;MR brain;MRI head;brain MRI w/o;MRI brain w/ & w/o
mri-lumbar-spine|p:72148=MRI of lumbar spine|MRI of lumbar spine;MRI lumbar spine without contrast|MRI LS spine;L-spine MRI;MR lumbar;lumbar spine MRI;MRI lumbar spine w/o
mri-knee|p:73721=~MRI of knee|MRI of knee;MRI left knee without contrast;MRI right knee|MRI L knee;MR knee;right knee MRI;MRI knee w/o;MRI R knee w/o
chest-x-ray|p:71046=Chest X-ray;p:71045=XR chest 2 views;s:399208008=Plain chest X-ray|Chest X-ray;XR chest 2 views;Plain chest X-ray;Chest X-ray, PA and lateral|chest xray;CXR PA/lat;CXR 2v;portable CXR;X-ray chest
bone-density-scan|p:77080=Bone density scan|Bone density scan;DXA bone density, axial skeleton;Dual energy x-ray absorptiometry|DXA;DXA scan;bone density test;BMD scan;DEXA hip/spine
bronchoscopy|p:31622=Bronchoscopy;s:10847001=Bronchoscopy|Bronchoscopy;Flexible bronchoscopy|bronch w/ BAL;flex bronch;fiberoptic bronchoscopy;bronchoscopy w/ BAL
thoracentesis|p:32555=Thoracentesis;s:91602002=Thoracentesis|Thoracentesis;Ultrasound guided thoracentesis|L thoracentesis;thora;US-guided thoracentesis;thoracocentesis;chest tap
paracentesis|p:49083=Abdominal paracentesis;s:86088003=Abdominal paracentesis|Abdominal paracentesis;Paracentesis|LVP;abd paracentesis;large volume paracentesis;abdominal tap;US-guided paracentesis
lumbar-puncture|p:62270=Lumbar puncture;s:277762005=Lumbar puncture|Lumbar puncture;Diagnostic lumbar puncture|LP;fluoro-guided LP;lumbar tap;dx LP;LP w/ fluoro
cataract-extraction|p:66984=Cataract extraction;s:54885007=Cataract extraction|Cataract extraction;Cataract extraction with intraocular lens, right eye;Phacoemulsification of cataract with intraocular lens|phaco w/ IOL OS;cataract surgery OD;cataract removal;CE w/ IOL;cataracts removed
tonsillectomy|p:42826=Tonsillectomy;s:173422009=Tonsillectomy|Tonsillectomy;Bilateral tonsillectomy|tonsils removed;s/p tonsillectomy;bilat tonsillectomy;tonsillectomy as child
ear-tubes|p:69436=Tympanostomy tube placement|Tympanostomy tube placement;Myringotomy with insertion of tube;Bilateral myringotomy with tubes|tympanostomy tubes;BM&T;PE tube placement;tubes in ears;myringotomy tubes
septoplasty|p:30520=Septoplasty|Septoplasty;Nasal septoplasty|nasal septum repair;septal repair;deviated septum surgery;septoplastia
hemodialysis|p:90935=Hemodialysis;s:302497006=Hemodialysis|Hemodialysis;Chronic hemodialysis|HD MWF;HD TIW;in-center HD;chronic HD;hemodialysis TIW
peritoneal-dialysis|s:71192002=Peritoneal dialysis|Peritoneal dialysis;Continuous ambulatory peritoneal dialysis|CCPD;PD dialysis;home PD (peritoneal dialysis);peritoneal dialysis, CCPD;APD (peritoneal)
skin-biopsy|p:11102=Skin biopsy;p:11104=Punch biopsy of skin;s:240977001=Biopsy of skin|Skin biopsy;Punch biopsy of skin;Shave biopsy of skin|shave bx;punch bx;shave biopsy;bx of skin lesion;skin bx L arm
liver-biopsy|p:47000=Liver biopsy;s:86259008=Biopsy of liver|Liver biopsy;Percutaneous liver biopsy;Biopsy of liver|bx of liver;US-guided liver bx;perc liver bx;hepatic biopsy;biopsia hepática
bone-marrow-biopsy|p:38221=Bone marrow biopsy|Bone marrow biopsy;Biopsy of bone marrow|BMBx;bone marrow bx;BM biopsy;bone marrow asp/bx;BMB
spirometry|p:94010=Spirometry;s:127783003=Spirometry|Spirometry;Spirometry, pre and post bronchodilator|spiro pre/post;office spirometry;spirometry pre/post;spirometry w/ bronchodilator
sleep-study|p:95810=Polysomnography;s:60554003=Polysomnography|Polysomnography;Polysomnogram;Sleep study, attended|sleep study;NPSG;split night PSG;overnight sleep study;polisomnografía
wisdom-teeth-extraction|d:D7240=Removal of impacted tooth - completely bony;d:D7230=Removal of impacted tooth - partially bony|Extraction of wisdom tooth;Removal of impacted wisdom teeth;Third molar extraction|wisdom teeth removed;wisdom teeth extraction;3rd molars out;wisdom teeth pulled;extraction of 3rd molars
root-canal|d:D3330=Endodontic therapy, molar tooth (excluding final restoration)|Root canal therapy;Root canal treatment, molar|RCT #30;root canal tx;endo tx #14;root canal #19;RCTx
circumcision|p:54150=Circumcision|Circumcision;Newborn circumcision|circumcised;newborn circ;circ w/ Gomco;male circumcision
blood-transfusion|p:36430=Blood transfusion;s:116859006=Transfusion of blood product|Blood transfusion;Transfusion of packed red blood cells|pRBC transfusion;transfused 2u PRBC;RBC transfusion;PRBCs 2 units;transfusion PRBC
";

/// Topics that look alike and must stay apart: one set a line.
const LOOK_ALIKE_CONDITIONS: &str = "
type-2-diabetes;type-1-diabetes;gestational-diabetes;prediabetes
type-2-diabetes;family-history-diabetes;screening-diabetes
hypertension;pulmonary-hypertension;hypotension
hypertension;portal-hypertension;ocular-hypertension;elevated-blood-pressure-reading
hypothyroidism;hyperthyroidism;hypoparathyroidism
hyperparathyroidism;hyperthyroidism;hypoparathyroidism
acute-kidney-failure;chronic-kidney-disease
hepatitis-a;hepatitis-b;hepatitis-c
migraine;headache;tension-headache
breast-cancer;family-history-breast-cancer;history-of-breast-cancer;screening-breast-cancer
colon-cancer;screening-colon-cancer;history-of-colon-cancer;family-history-colon-cancer
pulmonary-embolism;rule-out-pulmonary-embolism;deep-vein-thrombosis
myocardial-infarction;old-myocardial-infarction;angina
stroke;history-of-stroke;transient-ischemic-attack
atrial-fibrillation;atrial-flutter
abdominal-aortic-aneurysm;thoracic-aortic-aneurysm;aortic-stenosis
acute-sinusitis;chronic-sinusitis;allergic-rhinitis
gout;pseudogout
osteoporosis;osteopenia
osteoarthritis-knee;osteoarthritis-hip;rheumatoid-arthritis
psoriasis;psoriatic-arthritis
iron-deficiency-anemia;anemia-unspecified;pernicious-anemia
vitamin-b12-deficiency;vitamin-d-deficiency;pernicious-anemia
sickle-cell-disease;sickle-cell-trait
diverticulosis;diverticulitis
inguinal-hernia;hiatal-hernia
polycystic-ovary-syndrome;polycystic-kidney
depression;bipolar-disorder;postpartum-depression
schizophrenia;schizoaffective-disorder
anxiety;panic-disorder
shingles;genital-herpes;chickenpox
otitis-media;otitis-externa
actinic-keratosis;seborrheic-keratosis
acne;rosacea
crohns-disease;ulcerative-colitis;irritable-bowel-syndrome
tobacco-dependence;history-of-tobacco
asthma;copd;acute-bronchitis
";

/// As [`LOOK_ALIKE_CONDITIONS`].
const LOOK_ALIKE_ALLERGENS: &str = "
penicillins;cephalexin
penicillins;cefaclor;cefdinir
sulfonamide-antibiotics;sulfites;trimethoprim
sulfonamide-antibiotics;hydrochlorothiazide
cow-milk;lactose-intolerance
peanut;tree-nuts;almond
tree-nuts;walnut
shellfish;iodinated-contrast;povidone-iodine;fish
wheat;gluten
hydralazine;hydroxyzine
prednisone;prednisolone
hydrocodone;oxycodone;codeine;hydromorphone
morphine;hydromorphone
erythromycin;azithromycin;clarithromycin
ciprofloxacin;levofloxacin
carbamazepine;oxcarbazepine
cat-dander;dog-dander;house-dust-mite
grass-pollen;tree-pollen;ragweed
bee-venom;wasp-venom
aspirin;ibuprofen;naproxen
lidocaine;procaine
latex;adhesive-tape
";

/// As [`LOOK_ALIKE_CONDITIONS`].
const LOOK_ALIKE_MEDICINES: &str = "
lisinopril;lisinopril-hydrochlorothiazide;hydrochlorothiazide
losartan;losartan-hydrochlorothiazide
valsartan;valsartan-hydrochlorothiazide;sacubitril-valsartan
amlodipine;amlodipine-benazepril;benazepril;amlodipine-atorvastatin
hydroxyzine;hydralazine
prednisone;prednisolone;methylprednisolone
citalopram;escitalopram
omeprazole;esomeprazole
cetirizine;levocetirizine
albuterol;levalbuterol;ipratropium-albuterol
methylphenidate;dexmethylphenidate
venlafaxine;desvenlafaxine
clonidine;clonazepam;lorazepam
bupropion;buspirone
metformin;sitagliptin-metformin;sitagliptin;glyburide-metformin
glipizide;glyburide;glimepiride
insulin-glargine;insulin-lispro;insulin-aspart;insulin-detemir
hydrocodone-acetaminophen;acetaminophen;oxycodone-acetaminophen
oxycodone;oxycodone-acetaminophen;acetaminophen-codeine
fluticasone;fluticasone-salmeterol
budesonide;budesonide-formoterol
simvastatin;ezetimibe-simvastatin;ezetimibe
loratadine;loratadine-pseudoephedrine
amoxicillin;amoxicillin-clavulanate
isosorbide-mononitrate;isosorbide-dinitrate
lamotrigine;levetiracetam
carbamazepine;oxcarbazepine
methotrexate;metolazone
valacyclovir;acyclovir
cholecalciferol;ergocalciferol;cyanocobalamin
aspirin;aspirin-dipyridamole
timolol;dorzolamide-timolol
senna;senna-docusate;docusate
fluoxetine;paroxetine;fluvoxamine
quetiapine;olanzapine
levothyroxine;liothyronine
morphine;hydromorphone
";

/// As [`LOOK_ALIKE_CONDITIONS`].
const LOOK_ALIKE_VACCINES: &str = "
measles-mumps-rubella;varicella;zoster
hepatitis-a;hepatitis-b;hepatitis-b-immune-globulin
tuberculosis-bcg;tuberculin-skin-test
rabies;rabies-immune-globulin
influenza;haemophilus-influenzae-b
japanese-encephalitis;tick-borne-encephalitis
pneumococcal;meningococcal
";

/// As [`LOOK_ALIKE_CONDITIONS`].
const LOOK_ALIKE_PROCEDURES: &str = "
knee-replacement;hip-replacement;shoulder-replacement
colonoscopy;colectomy;sigmoidoscopy
ct-head;ct-abdomen;ct-chest;mri-brain
mri-knee;mri-lumbar-spine
mastectomy;lumpectomy;breast-biopsy;mammography
electrocardiogram;electroencephalogram;echocardiogram
hysterectomy;hysteroscopy
thyroidectomy;parathyroidectomy
hemodialysis;peritoneal-dialysis
inguinal-hernia-repair;umbilical-hernia-repair
prostatectomy;prostate-biopsy
nephrectomy;kidney-transplant
coronary-artery-bypass;gastric-bypass;coronary-stent
upper-endoscopy;colonoscopy
lumbar-fusion;cervical-fusion
thoracentesis;paracentesis;lumbar-puncture
pacemaker-insertion;defibrillator-insertion
liver-biopsy;skin-biopsy;bone-marrow-biopsy
appendectomy;splenectomy;cholecystectomy
";

// ---------------------------------------------------------------------------------------------
// Reading the tables.
// ---------------------------------------------------------------------------------------------

/// One code of a topic.
#[derive(Clone, Copy)]
struct Code {
    /// The letter of the system, as in the tables.
    system: char,
    code: &'static str,
    title: &'static str,
    /// The title alone would not say the topic (written `=~` in the tables).
    loose: bool,
}

/// One row of the truth.
struct Topic {
    kind: &'static str,
    slug: &'static str,
    truth: String,
    /// Of an allergy: its FHIR category.
    category: &'static str,
    codes: Vec<Code>,
    usual: Vec<&'static str>,
    odd: Vec<&'static str>,
    wide: Vec<Code>,
    brands: Vec<&'static str>,
    strengths: Vec<&'static str>,
    form: &'static str,
}

/// Entries parted by `;`.
fn list(text: &'static str) -> Vec<&'static str> {
    text.split(';').map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

fn codes(text: &'static str) -> Vec<Code> {
    let read = |entry: &'static str| {
        let (system, rest) = entry.split_once(':')?;
        let (code, title) = rest.split_once('=')?;
        let loose = title.starts_with('~');
        Some(Code { system: system.chars().next()?, code, title: title.trim_start_matches('~'), loose })
    };
    list(text).into_iter().filter_map(read).collect()
}

fn read(kind: &'static str, prefix: &str, table: &'static str) -> Vec<Topic> {
    let rows = table.lines().map(str::trim).filter(|line| !line.is_empty());
    rows.map(|line| {
        let row: Vec<&'static str> = line.split('|').collect();
        let field = |at: usize| row.get(at).copied().unwrap_or("");
        let (slug, category) = field(0).split_once(',').unwrap_or((field(0), ""));
        let medicine = kind == "medicine";
        Topic {
            kind,
            slug,
            truth: format!("{prefix}/{slug}"),
            category,
            codes: codes(field(1)),
            usual: list(field(2)),
            odd: list(field(if medicine { 4 } else { 3 })),
            wide: if medicine { Vec::new() } else { codes(field(4)) },
            brands: if medicine { list(field(3)) } else { Vec::new() },
            strengths: if medicine { list(field(5)) } else { Vec::new() },
            form: if medicine { field(6) } else { "" },
        }
    })
    .collect()
}

/// The topics of each kind, as the tables have them.
struct Truth {
    conditions: Vec<Topic>,
    allergens: Vec<Topic>,
    medicines: Vec<Topic>,
    vaccines: Vec<Topic>,
    procedures: Vec<Topic>,
}

static TRUTH: LazyLock<Truth> = LazyLock::new(|| Truth {
    conditions: read("problem", "condition", CONDITIONS),
    allergens: read("allergy", "allergy", ALLERGENS),
    medicines: read("medicine", "medicine", MEDICINES),
    vaccines: read("vaccine", "vaccine", VACCINES),
    procedures: read("procedure", "procedure", PROCEDURES),
});

// ---------------------------------------------------------------------------------------------
// Dice and calendar.
// ---------------------------------------------------------------------------------------------

/// Xorshift with 64 bits.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        let mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d;
        let mut dice = Dice(mixed.max(1));
        for _ in 0..8 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 to `end`, without `end`.
    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 16) % end.max(1) as u64) as usize
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Days since 1970.
const FIRST_DAY: i64 = 12_784; // 2005-01-01
const LAST_DAY: i64 = 19_900; // 2024-06-26

/// `YYYY-MM-DD`.
fn date(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", doy - (153 * mp + 2) / 5 + 1)
}

// ---------------------------------------------------------------------------------------------
// Tellers.
// ---------------------------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq, Eq)]
enum Vendor {
    Epic,
    Cerner,
    /// An office system: plain words, one code.
    Office,
    /// Converted from C-CDA: code systems as OIDs, null flavours.
    Converted,
}

#[derive(Clone, Copy)]
struct Teller {
    name: &'static str,
    vendor: Vendor,
    release: &'static str,
}

/// The first three are always there, so that each release speaks.
const TELLERS: [Teller; 6] = [
    Teller { name: "hillside", vendor: Vendor::Epic, release: "r4" },
    Teller { name: "county", vendor: Vendor::Cerner, release: "dstu2" },
    Teller { name: "valley", vendor: Vendor::Office, release: "stu3" },
    Teller { name: "lakeside", vendor: Vendor::Cerner, release: "r4" },
    Teller { name: "converted", vendor: Vendor::Converted, release: "dstu2" },
    Teller { name: "campus", vendor: Vendor::Epic, release: "stu3" },
];

impl Teller {
    fn dstu2(self) -> bool {
        self.release == "dstu2"
    }

    fn r4(self) -> bool {
        self.release == "r4"
    }

    /// The same terminology, where HL7 moved it between releases.
    fn terms(self, name: &str) -> String {
        match self.r4() {
            true => format!("http://terminology.hl7.org/CodeSystem/{name}"),
            false => format!("http://hl7.org/fhir/{name}"),
        }
    }

    fn local(self) -> String {
        match self.vendor {
            Vendor::Epic => "urn:oid:1.2.840.114350.1.13.412.2.7.2.696871".to_string(),
            Vendor::Cerner => format!("https://fhir.cerner.com/{}/codeSet/72", self.name),
            _ => format!("https://{}.example.org/codes", self.name),
        }
    }

    fn system(self, letter: char) -> &'static str {
        let oid = self.vendor == Vendor::Converted;
        match letter {
            't' if oid => "urn:oid:2.16.840.1.113883.6.90",
            't' => "http://hl7.org/fhir/sid/icd-10-cm",
            'n' if oid => "urn:oid:2.16.840.1.113883.6.103",
            'n' if self.vendor == Vendor::Epic && !self.r4() => "http://hl7.org/fhir/sid/icd-9-cm/diagnosis",
            'n' => "http://hl7.org/fhir/sid/icd-9-cm",
            'r' => "http://www.nlm.nih.gov/research/umls/rxnorm",
            'c' if oid => "urn:oid:2.16.840.1.113883.12.292",
            'c' => "http://hl7.org/fhir/sid/cvx",
            'p' if oid => "urn:oid:2.16.840.1.113883.6.12",
            'p' => "http://www.ama-assn.org/go/cpt",
            'd' => "http://www.ada.org/cdt",
            'l' => "http://loinc.org",
            _ => "http://snomed.info/sct",
        }
    }

    /// A day, or a time on it, as this teller writes it.
    fn moment(self, day: i64, dice: &mut Dice) -> String {
        let (hour, minute) = (dice.between(13, 21), dice.between(0, 59));
        match self.vendor {
            Vendor::Epic => format!("{}T{hour:02}:{minute:02}:00Z", date(day)),
            Vendor::Cerner => format!("{}T{hour:02}:{minute:02}:00.000Z", date(day)),
            Vendor::Office => format!("{}T{:02}:{minute:02}:00-05:00", date(day), hour - 5),
            Vendor::Converted => date(day),
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Words and codes.
// ---------------------------------------------------------------------------------------------

/// A name put into the middle of a sentence: "Penicillin" as "penicillin", but "MSG" as it is.
fn inside(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() => {
            a.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_string(),
    }
}

/// A SNOMED CT title with its semantic tag.
fn tagged(topic: &Topic, title: &str) -> String {
    let tag = match topic.kind {
        "problem" if topic.slug.starts_with("family-") || topic.slug.starts_with("history-") => "situation",
        "problem" => match topic.slug {
            "headache" | "neck-pain" | "low-back-pain" | "constipation" | "prediabetes" => "finding",
            _ => "disorder",
        },
        "allergy" => "finding",
        _ => "procedure",
    };
    format!("{title} ({tag})")
}

/// Form of a medicine: long words, directions.
fn form_words(form: &str) -> (&'static str, &'static [&'static str]) {
    match form {
        "tablet" => (
            "Oral Tablet",
            &[
                "Take 1 tablet by mouth daily",
                "1 tab PO BID",
                "Take 1 tablet (total) by mouth every evening at bedtime",
                "TAKE ONE TABLET BY MOUTH TWICE DAILY WITH FOOD",
            ],
        ),
        "ER tablet" => (
            "Extended Release Oral Tablet",
            &["Take 1 tablet by mouth every morning. Do not crush or chew.", "1 tab PO qAM", "1 tab daily"],
        ),
        "capsule" => (
            "Oral Capsule",
            &["Take 1 capsule by mouth daily", "1 cap PO BID", "Take 1 capsule by mouth 3 times a day"],
        ),
        "injection" => (
            "Injectable Solution",
            &["Inject under the skin as directed", "Inject 10 Units subcut at bedtime", "subcut weekly"],
        ),
        "inhaler" => (
            "Metered Dose Inhaler",
            &["Inhale 2 puffs every 4 hours as needed", "2 puffs q4h PRN", "Inhale 1 puff twice daily"],
        ),
        "nasal spray" => ("Nasal Spray", &["2 sprays each nostril daily", "Use 1 spray in each nostril BID"]),
        "cream" => ("Topical Cream", &["Apply to affected area twice daily", "Apply thin layer BID"]),
        "eye drops" => ("Ophthalmic Solution", &["Instill 1 drop into both eyes daily", "1 gtt OU qHS"]),
        _ => ("Oral Solution", &["Take 5 mL by mouth daily", "5 mL PO BID"]),
    }
}

/// A medicine with its generic name, as the vendor writes products.
fn generic_product(topic: &Topic, teller: Teller, dice: &mut Dice) -> String {
    let name = dice.pick(&topic.usual);
    if dice.chance(22) || topic.strengths.is_empty() {
        return name.to_string();
    }
    let strength = dice.pick(&topic.strengths);
    let (long, _) = form_words(topic.form);
    match teller.vendor {
        Vendor::Epic if !topic.brands.is_empty() && dice.chance(60) => {
            let brand = dice.pick(&topic.brands).to_uppercase();
            format!("{name} ({brand}) {} {}", strength.to_uppercase(), topic.form)
        }
        Vendor::Cerner => format!("{name} {strength} {}", long.to_lowercase()),
        Vendor::Converted if !topic.brands.is_empty() && dice.chance(50) => {
            format!("{name} {} {long} [{}]", strength.to_uppercase(), dice.pick(&topic.brands))
        }
        Vendor::Converted => format!("{name} {} {long}", strength.to_uppercase()),
        _ if name.ends_with(" ER") => {
            format!("{name} {strength} 24 hr {}", topic.form.trim_start_matches("ER "))
        }
        _ => format!("{name} {strength} {}", topic.form),
    }
}

/// A medicine under a brand's name, or another unusual one.
fn brand_product(topic: &Topic, teller: Teller, dice: &mut Dice) -> String {
    if topic.brands.is_empty() || (!topic.odd.is_empty() && dice.chance(40)) {
        return dice.pick(&topic.odd).to_string();
    }
    let brand = dice.pick(&topic.brands);
    if dice.chance(45) || topic.strengths.is_empty() {
        return brand.to_string();
    }
    let strength = dice.pick(&topic.strengths);
    let (long, _) = form_words(topic.form);
    match teller.vendor {
        Vendor::Cerner => format!("{brand} {strength} {}", long.to_lowercase()),
        Vendor::Converted => format!("{brand} {} {long}", strength.to_uppercase()),
        _ => format!("{brand} {strength} {}", topic.form),
    }
}

/// A topic's words as vendors' systems say them.
fn usual_words(topic: &Topic, teller: Teller, dice: &mut Dice) -> String {
    if topic.kind == "medicine" {
        return generic_product(topic, teller, dice);
    }
    let titles: Vec<Code> = topic.codes.iter().copied().filter(|code| !code.loose).collect();
    let mut words = if titles.is_empty() || dice.chance(65) {
        dice.pick(&topic.usual).to_string()
    } else {
        let code = dice.pick(&titles);
        let tag = code.system == 's' && dice.chance(50);
        if tag { tagged(topic, code.title) } else { code.title.to_string() }
    };
    let sentence = words.contains("llergy") || words.contains("ntolerance");
    if topic.kind == "allergy" && !sentence {
        words = match dice.below(10) {
            0 => format!("Allergy to {} (finding)", inside(&words)),
            1 => format!("Allergy to {}", inside(&words)),
            2 => format!("{words} allergy"),
            _ => words,
        };
    }
    let past = ["family-", "history-", "screening-", "rule-out-", "elevated-"];
    let illness = topic.kind == "problem" && !past.iter().any(|start| topic.slug.starts_with(start));
    match teller.vendor {
        Vendor::Epic if illness && dice.chance(15) => format!("{words} (HCC)"),
        Vendor::Cerner if dice.chance(40) => words.to_uppercase(),
        Vendor::Office if illness && dice.chance(8) => format!("{words} - Primary"),
        _ => words,
    }
}

/// A topic's words from the unusual list.
fn unusual_words(topic: &Topic, teller: Teller, dice: &mut Dice) -> String {
    if topic.kind == "medicine" {
        return brand_product(topic, teller, dice);
    }
    let mut words = dice.pick(&topic.odd).to_string();
    if topic.kind == "allergy" && dice.chance(12) {
        words = format!("allergic to {words}");
    }
    if teller.vendor == Vendor::Cerner && dice.chance(20) { words.to_uppercase() } else { words }
}

fn coding(system: &str, code: &str, display: Option<&str>) -> Value {
    match display {
        Some(display) => json!({ "system": system, "code": code, "display": display }),
        None => json!({ "system": system, "code": code }),
    }
}

/// A code that says only what sort of thing the topic is.
fn vague(topic: &Topic, teller: Teller, dice: &mut Dice) -> Value {
    if !topic.wide.is_empty() && dice.chance(50) {
        let wide = dice.pick(&topic.wide);
        return coding(teller.system(wide.system), wide.code, Some(wide.title));
    }
    if teller.vendor == Vendor::Converted && dice.chance(40) {
        return coding("http://hl7.org/fhir/v3/NullFlavor", "UNK", Some("unknown"));
    }
    let (kind, word) = match topic.kind {
        "problem" => ("PROB", "Problem"),
        "allergy" => ("ALG", "Allergy"),
        "medicine" => ("RX", "Medication"),
        "vaccine" => ("IMM", "Immunization"),
        _ => ("PROC", "Procedure"),
    };
    if dice.chance(40) {
        return coding(&teller.local(), kind, Some(word));
    }
    let known: &[(char, &str, &str)] = match (topic.kind, topic.category) {
        ("problem", _) => &[
            ('s', "64572001", "Disease"),
            ('s', "55607006", "Problem"),
            ('s', "404684003", "Clinical finding"),
            ('l', "75326-9", "Problem"),
        ],
        ("allergy", "medication") => {
            &[('s', "416098002", "Allergy to drug"), ('s', "419199007", "Allergy to substance")]
        }
        ("allergy", "food") => {
            &[('s', "414285001", "Allergy to food"), ('s', "419199007", "Allergy to substance")]
        }
        ("allergy", _) => &[('s', "419199007", "Allergy to substance")],
        ("medicine", _) => &[('s', "410942007", "Drug or medicament")],
        ("vaccine", _) => &[
            ('c', "999", "unknown"),
            ('p', "90471", "Immunization administration"),
            ('s', "33879002", "Administration of vaccine to produce active immunity"),
        ],
        _ => &[('s', "71388002", "Procedure"), ('l', "29554-3", "Procedure Narrative")],
    };
    let (system, code, display) = dice.pick(known);
    coding(teller.system(system), code, Some(display))
}

/// One code of each system for a teller that sends all it has, else any one.
fn chosen_codes(topic: &Topic, teller: Teller, dice: &mut Dice) -> Vec<Code> {
    let mut all = topic.codes.clone();
    dice.shuffle(&mut all);
    if teller.vendor != Vendor::Epic || topic.kind == "medicine" {
        all.truncate(1);
        return all;
    }
    let mut one_each: Vec<Code> = Vec::new();
    for code in all {
        if one_each.iter().all(|known| known.system != code.system) {
            one_each.push(code);
        }
    }
    one_each
}

/// A topic as one teller names it: a CodeableConcept.
fn concept(topic: &Topic, teller: Teller, dice: &mut Dice) -> (Value, Spelled) {
    if topic.codes.is_empty() || dice.chance(50) {
        let odd = !(topic.odd.is_empty() && topic.brands.is_empty()) && dice.chance(36);
        let text = match odd {
            true => unusual_words(topic, teller, dice),
            false => usual_words(topic, teller, dice),
        };
        let spelled = if odd { Spelled::Unusual } else { Spelled::Words };
        let said = match dice.chance(35) {
            true => json!({ "coding": [vague(topic, teller, dice)], "text": text }),
            false => json!({ "text": text }),
        };
        return (said, spelled);
    }
    let mut codings: Vec<Value> = Vec::new();
    let picked = chosen_codes(topic, teller, dice);
    let mut text = match dice.chance(14) {
        true => unusual_words(topic, teller, dice),
        false => usual_words(topic, teller, dice),
    };
    let mut needed = false;
    for code in &picked {
        let title = if code.system == 's' && dice.chance(40) {
            tagged(topic, code.title)
        } else {
            code.title.to_string()
        };
        // A product's code goes with that product's own words: another strength would contradict it.
        if topic.kind == "medicine" && code.title.chars().any(|letter| letter.is_ascii_digit()) {
            text = if dice.chance(60) { title.clone() } else { dice.pick(&topic.usual).to_string() };
        }
        needed |= code.loose;
        let shown = !(teller.vendor == Vendor::Cerner && dice.chance(25));
        needed |= !shown;
        codings.push(coding(teller.system(code.system), code.code, shown.then_some(title.as_str())));
    }
    if dice.chance(35) {
        let at = dice.below(codings.len() + 1);
        codings.insert(at, vague(topic, teller, dice));
        needed = true;
    }
    let said = match needed || dice.chance(80) {
        true => json!({ "coding": codings, "text": text }),
        false => json!({ "coding": codings }),
    };
    (said, Spelled::Coded)
}

// ---------------------------------------------------------------------------------------------
// Shapes: one function a resource, right for each release.
// ---------------------------------------------------------------------------------------------

/// Adds what one release has and another has not; `null` members are dropped.
fn with(mut base: Value, more: Value) -> Value {
    if let (Value::Object(base), Value::Object(more)) = (&mut base, more) {
        base.extend(more);
        base.retain(|_, value| !value.is_null());
    }
    base
}

/// A CodeableConcept with one code.
fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// `[value]` or `value`: what became a list in a later release.
fn list_if(many: bool, value: Value) -> Value {
    if many { json!([value]) } else { value }
}

fn patient() -> Value {
    json!({ "reference": "Patient/p1" })
}

fn condition(topic: &Topic, t: Teller, said: Value, day: i64, dice: &mut Dice) -> Value {
    let visit = dice.chance(30);
    let (system, code) = match (visit, t.release) {
        (true, "dstu2") => (t.terms("condition-category"), "diagnosis"),
        (false, "dstu2") => ("http://argonaut.hl7.org".to_string(), "problem"),
        (true, _) => (t.terms("condition-category"), "encounter-diagnosis"),
        (false, _) => (t.terms("condition-category"), "problem-list-item"),
    };
    let resolved = dice.chance(20);
    let state = if resolved { "resolved" } else { "active" };
    let suspected = topic.slug.starts_with("rule-out-");
    let sure = if suspected { "provisional" } else { "confirmed" };
    let ended = resolved.then(|| date(day + dice.between(7, 400)));
    let onset = dice.chance(60).then(|| date(day - dice.between(0, 30)));
    let visited = visit.then(|| json!({ "reference": format!("Encounter/{}", dice.between(1000, 9999)) }));
    let base = json!({
        "resourceType": "Condition", "code": said, "category": list_if(!t.dstu2(), coded(&system, code)),
        "onsetDateTime": onset, "abatementDateTime": ended,
    });
    let recorded = t.moment(day, dice);
    let more = match t.release {
        "dstu2" => json!({
            "patient": patient(), "dateRecorded": date(day), "clinicalStatus": state,
            "verificationStatus": sure, "encounter": visited,
        }),
        "stu3" => json!({
            "subject": patient(), "assertedDate": recorded, "clinicalStatus": state,
            "verificationStatus": sure, "context": visited,
        }),
        _ => json!({
            "subject": patient(), "recordedDate": recorded, "encounter": visited,
            "clinicalStatus": coded(&t.terms("condition-clinical"), state),
            "verificationStatus": coded(&t.terms("condition-ver-status"), sure),
        }),
    };
    with(base, more)
}

fn allergy(topic: &Topic, t: Teller, said: Value, day: i64, dice: &mut Dice) -> Value {
    let intolerance = topic.slug == "lactose-intolerance";
    let symptoms =
        if intolerance { ["Bloating", "Diarrhea", "Nausea"] } else { ["Hives", "Rash", "Anaphylaxis"] };
    let symptom = dice.pick(&symptoms);
    let severity = dice.pick(&["mild", "moderate", "severe"]);
    let told = dice.chance(60);
    let reaction = told.then(|| json!([{ "manifestation": [{ "text": symptom }], "severity": severity }]));
    let active = dice.chance(92);
    let recorded = t.moment(day, dice);
    let base = json!({
        "resourceType": "AllergyIntolerance", "patient": patient(), "reaction": reaction,
        "type": if intolerance { "intolerance" } else { "allergy" },
    });
    let more = match t.release {
        "dstu2" => json!({
            "substance": said, "category": topic.category, "recordedDate": recorded, "criticality": "CRITL",
            "status": if active { "active" } else { "inactive" },
        }),
        "stu3" => json!({
            "code": said, "category": [topic.category], "assertedDate": recorded, "criticality": "low",
            "clinicalStatus": if active { "active" } else { "inactive" }, "verificationStatus": "confirmed",
        }),
        _ => json!({
            "code": said, "category": [topic.category], "recordedDate": recorded, "criticality": "high",
            "clinicalStatus":
                coded(&t.terms("allergyintolerance-clinical"), if active { "active" } else { "inactive" }),
            "verificationStatus": coded(&t.terms("allergyintolerance-verification"), "confirmed"),
        }),
    };
    with(base, more)
}

fn medicine(topic: &Topic, t: Teller, said: Value, day: i64, dice: &mut Dice) -> Value {
    let (_, directions) = form_words(topic.form);
    let text = dice.pick(directions);
    let doses = dice.chance(75).then(|| json!([{ "text": text }]));
    let time = t.moment(day, dice);
    let active = dice.chance(60);
    let status = if active { "active" } else { "completed" };
    let subject = if t.dstu2() { "patient" } else { "subject" };
    match dice.below(10) {
        0..=4 => {
            let base = json!({
                "resourceType": if t.dstu2() { "MedicationOrder" } else { "MedicationRequest" },
                "status": status, "medicationCodeableConcept": said, "dosageInstruction": doses,
            });
            let more = match t.dstu2() {
                true => json!({ "patient": patient(), "dateWritten": time }),
                false => json!({ "subject": patient(), "intent": "order", "authoredOn": time }),
            };
            with(base, more)
        }
        5..=7 => {
            let base = json!({
                "resourceType": "MedicationStatement", "status": status, "medicationCodeableConcept": said,
                "dosage": doses, "effectivePeriod": { "start": time },
            });
            let more = match t.release {
                "dstu2" => json!({ "patient": patient(), "wasNotTaken": false }),
                "stu3" => json!({ "subject": patient(), "taken": "y" }),
                _ => json!({ "subject": patient() }),
            };
            with(base, more)
        }
        _ => {
            let days = dice.pick(&[30, 60, 90]);
            let base = json!({
                "resourceType": "MedicationDispense", "status": "completed", "medicationCodeableConcept": said,
                "dosageInstruction": doses, "whenHandedOver": time, "quantity": { "value": days },
                "daysSupply": { "value": days, "unit": "days" },
            });
            with(base, json!({ subject: patient() }))
        }
    }
}

fn immunization(t: Teller, said: Value, day: i64, dice: &mut Dice) -> Value {
    let time = t.moment(day, dice);
    let lot = dice.chance(40).then(|| format!("L{}", dice.between(10_000, 99_999)));
    let base = json!({
        "resourceType": "Immunization", "status": "completed", "vaccineCode": said, "patient": patient(),
        "lotNumber": lot,
    });
    let more = match t.release {
        "dstu2" => json!({ "date": time, "wasNotGiven": false, "reported": false }),
        "stu3" => json!({ "date": time, "notGiven": false, "primarySource": true }),
        _ => json!({ "occurrenceDateTime": time, "primarySource": true }),
    };
    with(base, more)
}

fn procedure(t: Teller, said: Value, day: i64, dice: &mut Dice) -> Value {
    let time = t.moment(day, dice);
    let base = json!({
        "resourceType": "Procedure", "status": "completed", "code": said, "subject": patient(),
    });
    let more = match dice.chance(25) && t.vendor != Vendor::Converted {
        true => json!({ "performedPeriod": { "start": time, "end": t.moment(day + 1, dice) } }),
        false => json!({ "performedDateTime": time }),
    };
    with(base, more)
}

// ---------------------------------------------------------------------------------------------
// The life.
// ---------------------------------------------------------------------------------------------

/// `many` topics by chance, with the members of `sets` look-alike sets among them.
fn choose(
    topics: &'static [Topic],
    look_alikes: &'static str,
    sets: usize,
    many: usize,
    dice: &mut Dice,
) -> Vec<&'static Topic> {
    let mut lines: Vec<&'static str> = look_alikes.lines().filter(|line| !line.trim().is_empty()).collect();
    dice.shuffle(&mut lines);
    let mut wanted: Vec<&'static str> = Vec::new();
    for line in lines.into_iter().take(sets) {
        for slug in list(line) {
            if !wanted.contains(&slug) {
                wanted.push(slug);
            }
        }
    }
    let (mut chosen, mut rest): (Vec<&'static Topic>, Vec<&'static Topic>) =
        topics.iter().partition(|topic| wanted.contains(&topic.slug));
    dice.shuffle(&mut rest);
    chosen.extend(rest.into_iter().take(many.saturating_sub(chosen.len())));
    dice.shuffle(&mut chosen);
    chosen
}

/// The first day on which a topic can be told.
fn first_day(topic: &Topic) -> i64 {
    match topic.truth.as_str() {
        "condition/covid-19" => 18_350,                  // 2020-03-29
        "vaccine/covid-19" => 18_640,                    // 2021-01-13
        "vaccine/respiratory-syncytial-virus" => 19_600, // 2023-08-31
        _ => FIRST_DAY,
    }
}

/// All that was told of one person, by seed: 400 to 700 entries in the order in which they were told.
pub(crate) fn topics_life(seed: u64) -> Vec<Told> {
    let truth: &'static Truth = &TRUTH;
    let mut dice = Dice::new(seed);
    let mut cast = TELLERS.to_vec();
    if dice.chance(50) {
        cast.remove(dice.between(3, 5) as usize);
    }
    let mut chosen = choose(&truth.conditions, LOOK_ALIKE_CONDITIONS, 6, 27, &mut dice);
    chosen.extend(choose(&truth.allergens, LOOK_ALIKE_ALLERGENS, 4, 16, &mut dice));
    chosen.extend(choose(&truth.medicines, LOOK_ALIKE_MEDICINES, 7, 28, &mut dice));
    chosen.extend(choose(&truth.vaccines, LOOK_ALIKE_VACCINES, 2, 13, &mut dice));
    chosen.extend(choose(&truth.procedures, LOOK_ALIKE_PROCEDURES, 3, 13, &mut dice));
    let mut told: Vec<Told> = Vec::new();
    for topic in chosen {
        let begin = dice.between(first_day(topic), LAST_DAY - 200);
        let mut speakers = cast.clone();
        dice.shuffle(&mut speakers);
        let times = dice.between(2, 8) as usize;
        for turn in 0..times {
            let teller = speakers[turn % speakers.len()];
            let day = (begin + dice.between(0, 900)).min(LAST_DAY);
            let (said, spelled) = concept(topic, teller, &mut dice);
            let shape = match topic.kind {
                "problem" => condition(topic, teller, said, day, &mut dice),
                "allergy" => allergy(topic, teller, said, day, &mut dice),
                "medicine" => medicine(topic, teller, said, day, &mut dice),
                "vaccine" => immunization(teller, said, day, &mut dice),
                _ => procedure(teller, said, day, &mut dice),
            };
            let id = format!("{}-{}-{}", teller.name, seed, told.len() + 1);
            told.push(Told {
                teller: teller.name,
                release: teller.release,
                resource: with(shape, json!({ "id": id })),
                topic: topic.truth.as_str(),
                kind: topic.kind,
                spelled,
            });
        }
    }
    dice.shuffle(&mut told);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    /// The tables hold what they promise, and no code or spelling is in two topics of a kind.
    #[test]
    fn the_truth_does_not_contradict_itself() {
        let truth: &Truth = &TRUTH;
        let tables = [
            (&truth.conditions, LOOK_ALIKE_CONDITIONS, 120),
            (&truth.allergens, LOOK_ALIKE_ALLERGENS, 70),
            (&truth.medicines, LOOK_ALIKE_MEDICINES, 160),
            (&truth.vaccines, LOOK_ALIKE_VACCINES, 25),
            (&truth.procedures, LOOK_ALIKE_PROCEDURES, 60),
        ];
        for (topics, look_alikes, least) in tables {
            assert!(topics.len() >= least, "{} of {least}", topics.len());
            let mut slugs = HashSet::new();
            let mut names: HashMap<String, &str> = HashMap::new();
            for topic in topics {
                assert!(slugs.insert(topic.slug), "twice: {}", topic.slug);
                assert!(!topic.usual.is_empty() && !topic.odd.is_empty(), "no words: {}", topic.slug);
                let codes = topic.codes.iter().map(|code| format!("{}:{}", code.system, code.code));
                let words = topic.usual.iter().chain(&topic.odd).chain(&topic.brands);
                let words = words.map(|words| words.to_lowercase());
                let titles =
                    topic.codes.iter().filter(|code| !code.loose).map(|code| code.title.to_lowercase());
                for name in codes.chain(words).chain(titles) {
                    let other = names.insert(name.clone(), topic.slug).unwrap_or(topic.slug);
                    assert_eq!(other, topic.slug, "{name}");
                }
            }
            for line in look_alikes.lines() {
                for slug in line.split(';').filter(|slug| !slug.is_empty()) {
                    assert!(slugs.contains(slug), "no topic {slug}");
                }
            }
        }
    }

    /// The same seed tells the same; the counts are as promised.
    #[test]
    fn a_life_is_as_promised() {
        for seed in 0..20 {
            let life = topics_life(seed);
            assert!((400..=700).contains(&life.len()), "{}", life.len());
            let again = topics_life(seed);
            assert!(life.iter().zip(&again).all(|(one, other)| one.resource == other.resource));
            let ids: HashSet<String> = life.iter().map(|told| told.resource["id"].to_string()).collect();
            assert_eq!(ids.len(), life.len());
            let tellers: HashSet<&str> = life.iter().map(|told| told.teller).collect();
            assert!(tellers.len() >= 5);
            for release in ["dstu2", "stu3", "r4"] {
                assert!(life.iter().any(|told| told.release == release));
            }
            let count = |spelled: Spelled| life.iter().filter(|told| told.spelled == spelled).count();
            let (coded, words, odd) = (count(Spelled::Coded), count(Spelled::Words), count(Spelled::Unusual));
            assert!(coded > 100);
            let share = odd * 100 / (words + odd).max(1);
            assert!((25..=45).contains(&share), "{share} %");
        }
    }
}
