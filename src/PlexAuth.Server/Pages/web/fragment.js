// The request that an app puts behind the # of /auth. Apps write it as "#?…", "#!?…" or plain "#…", with brackets and values encoded or raw.

/** Returns { code, clientIdentifier, forwardUrl }, or null when the fragment cannot belong to a request. */
export function parseAuthFragment(hash) {
  const fields = new URLSearchParams(hash.replace(/^#?!?\/?\??/, ''));
  const code = single(fields, 'code');
  if (!code || fields.getAll('clientID').length > 1 || fields.getAll('forwardUrl').length > 1) return null;

  return { code, clientIdentifier: single(fields, 'clientID'), forwardUrl: single(fields, 'forwardUrl') };
}

function single(fields, name) {
  const values = fields.getAll(name);
  return values.length === 1 && values[0] !== '' ? values[0] : null;
}
