export type ListName = "medicines" | "problems" | "allergies" | "vaccines" | "visits" | "procedures" | "plans" | "team" | "family" | "documents" | "insurance";
