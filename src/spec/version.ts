/** Whether a version comes after another; a release comes after what led to it, such as `1.0.0-rc.1`. */
export function isNewer(version: string, than: string): boolean {
  const [[core, preview], [otherCore, otherPreview]] = [partsOf(version), partsOf(than)];
  const order = compare(core, otherCore);
  if (order !== 0) return order > 0;
  if (preview === '' || otherPreview === '') return preview === '' && otherPreview !== '';
  return compare(preview, otherPreview) > 0;
}

function partsOf(version: string): [core: string, preview: string] {
  const [core = '', ...preview] = version.replace(/\+.*/, '').split('-');
  return [core, preview.join('-')];
}

const compare = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });
