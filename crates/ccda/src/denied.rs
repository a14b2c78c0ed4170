//! What is denied as a whole, by the codes that SNOMED CT has for that. The names are the code system's.

/// A code of SNOMED CT with its name.
pub(crate) struct Denial {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) const ALLERGY: Denial = Denial { code: "716186003", name: "No known allergy" };
pub(crate) const DRUG_ALLERGY: Denial = Denial { code: "409137002", name: "No known drug allergy" };
pub(crate) const FOOD_ALLERGY: Denial = Denial { code: "429625007", name: "No known food allergy" };
pub(crate) const ENVIRONMENTAL_ALLERGY: Denial =
    Denial { code: "428607008", name: "No known environmental allergy" };
pub(crate) const PROBLEM: Denial = Denial { code: "160245001", name: "No current problems or disability" };
pub(crate) const MEDICINE: Denial = Denial { code: "787481004", name: "No known medications" };
