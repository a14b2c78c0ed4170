export type Flag = "high" | "low" | "abnormal" | "critical" | "critical-high" | "critical-low";
