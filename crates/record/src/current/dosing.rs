//! A dosing in one text, to tell whether two are the same.

use wholechart_fhir::{DetailValue, Dosage};

/// Every text and figure of a dosing in one.
pub(crate) fn dosing(dosage: &Dosage) -> String {
    let mut said: Vec<String> = dosage.text.iter().chain(&dosage.patient_instruction).cloned().collect();
    let values = |values: &[DetailValue]| values.iter().map(DetailValue::all_sent).collect::<Vec<_>>();
    said.extend(values(&dosage.amounts));
    said.extend(values(&dosage.ways));
    if let Some(timing) = &dosage.timing {
        said.extend(timing.code.iter().chain(&timing.bounds).map(DetailValue::all_sent));
        said.extend(values(&timing.events));
        let bounds = [&timing.frequency, &timing.period, &timing.duration, &timing.count];
        let units = [&None, &timing.period_unit, &timing.duration_unit, &timing.offset];
        for (bound, unit) in bounds.into_iter().zip(units) {
            let figure = bound.text().unwrap_or_default();
            said.push(format!("{figure} {}", unit.as_deref().unwrap_or_default()));
        }
        said.extend(timing.when.iter().cloned());
    }
    said.push(if dosage.as_needed { "?".to_owned() } else { String::new() });
    said.extend(values(&dosage.as_needed_for));
    said.extend(values(&dosage.instructions));
    for limit in &dosage.at_most {
        said.push(limit.amount.to_text());
        said.extend(limit.within.iter().map(wholechart_fhir::Quantity::to_text));
    }
    said.retain(|text| !text.trim().is_empty());
    said.join(" | ")
}
