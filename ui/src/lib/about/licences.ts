/** One text of a licence, and everything that comes under it. */
export interface LicenceGroup {
  /** SPDX expression. */
  licence: string;
  /** As the packages bring it; empty where they only name it. */
  text: string;
  /** Name and version of each. */
  packages: string[];
}

/** What the app is built from, as `cargo xtask licences` wrote it down. Big, so it is loaded when it is looked at. */
export async function licences(): Promise<LicenceGroup[]> {
  const list = await import('./generated/licences.json');
  return list.default;
}
