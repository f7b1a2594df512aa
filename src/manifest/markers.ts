/** Whether a text has conflict markers as git writes them. */
export function hasMarkers(text: string): boolean {
  // Only the outer markers: a line of equals signs can be normal text.
  return /^(<{7}|>{7})( |\r?$)/m.test(text);
}

/** The two versions of a text with conflict markers; twice the same text without any. */
export function sidesOf(text: string): [yours: string, theirs: string] {
  const sides: [string[], string[]] = [[], []];
  let place: 'both' | 'yours' | 'base' | 'theirs' = 'both';
  for (const line of text.split(/(?<=\n)/)) {
    const next = placeAfter(line, place);
    if (next === place) {
      if (place === 'both' || place === 'yours') sides[0].push(line);
      if (place === 'both' || place === 'theirs') sides[1].push(line);
    }
    place = next;
  }
  return [sides[0].join(''), sides[1].join('')];
}

/** The side that the lines after a marker belong to; other lines change nothing. */
function placeAfter(line: string, place: 'both' | 'yours' | 'base' | 'theirs') {
  if (/^<{7}( |\r?\n?$)/.test(line)) return 'yours';
  if (place === 'both') return place;
  if (/^\|{7}( |\r?\n?$)/.test(line)) return 'base';
  if (/^={7}\r?\n?$/.test(line) && place !== 'theirs') return 'theirs';
  return /^>{7}( |\r?\n?$)/.test(line) ? 'both' : place;
}
