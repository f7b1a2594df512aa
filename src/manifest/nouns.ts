import pluralize from 'pluralize';

/** Nouns that `pluralize` gets wrong. Of two with one plural, the later is its singular. */
const irregular = (
  'ache/aches agenda/agendas avalanche/avalanches axis/axes basis/bases base/bases ' +
  'bias/biases brownie/brownies cache/caches calorie/calories canvas/canvases ' +
  'cliche/cliches cookie/cookies corpus/corpora cpu/cpus creche/creches epoch/epochs ' +
  'focus/focuses german/germans gpu/gpus guru/gurus haiku/haikus headache/headaches ' +
  'larva/larvae lens/lenses medium/media memorandum/memoranda monarch/monarchs niche/niches ' +
  'npu/npus oasis/oases poi/pois prairie/prairies psyche/psyches roman/romans ' +
  'rookie/rookies safari/safaris saga/sagas schema/schemas selfie/selfies shaman/shamans ' +
  'sku/skus smoothie/smoothies spectrum/spectra stomach/stomachs tpu/tpus uri/uris ' +
  'veto/vetoes virus/viruses'
)
  .split(' ')
  .map((pair): [singular: string, plural: string] => {
    const [singular = pair, plural = pair] = pair.split('/');
    return [singular, plural];
  });

/** Uncountable words that `pluralize` would change. */
const uncountable: ReadonlySet<string> = new Set(
  (
    'aws css dns dos economics ethics evidence feedback furniture gps homework https ios ' +
    'knowledge logistics luggage mathematics means merchandise money offspring os pants physics ' +
    'politics premises sms sys tls weather'
  ).split(' '),
);

const pluralBySingular = new Map(irregular);
const singularByPlural = new Map(irregular.map(([singular, plural]) => [plural, singular]));

/** The plural of one lowercase word, which may be plural already. */
export function pluralOf(word: string): string {
  const known = pluralBySingular.get(word);
  if (known !== undefined) return known;
  if (uncountable.has(word) || singularByPlural.has(word)) return word;
  const singular = pluralize.singular(word);
  // `pluralize.plural('taxis')` is `taxes`: a word that is the plural of its singular stays.
  if (singular !== word && pluralize.plural(singular) === word) return word;
  return pluralize.plural(word);
}

/** The singular of a plural, or undefined where the two words are the same (`news`, `sheep`). */
export function singularOf(plural: string): string | undefined {
  const known = singularByPlural.get(plural);
  if (known !== undefined) return known;
  if (uncountable.has(plural)) return undefined;
  const singular = pluralize.singular(plural);
  return singular === plural || singular === '' ? undefined : singular;
}
