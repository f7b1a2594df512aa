/** Whether a text has a place that is to be settled, between markers as git writes them. */
export function hasMarkers(text: string): boolean {
  // Only the outer ones: a line of equals signs may well be text.
  return /^(<{7}|>{7})( |\r?$)/m.test(text);
}
