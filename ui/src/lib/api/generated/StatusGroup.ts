export type StatusGroup = "active" | "past" | "planned" | "draft" | "corrected" | "not-done" | "refuted" | "cancelled" | "entered-in-error" | "unknown";
