import compression from 'compression';

/**
 * Compresses answers for who can read that. Not those with a strong ETag: it stands for their very
 * bytes, and the compressed ones would need another (RFC 9110, section 8.8.3.3).
 */
export const compress = compression({
  filter: (req, res) => {
    const isStrong = String(res.getHeader('ETag') ?? '').startsWith('"');
    return !isStrong && compression.filter(req, res);
  },
});
