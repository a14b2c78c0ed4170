export type Release = "dstu2" | "stu3" | "r4";
