export type About = "status" | "ruled-out" | "withdrawn" | "allergy-not-listed" | "dose" | "vaccine-day" | "correction" | "birth-date" | "blood-group";
