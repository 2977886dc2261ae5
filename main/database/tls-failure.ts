import type { ServerConfig } from '../config/database.config.ts';

interface Said {
  code: string;
  /** Without its full stop. */
  said: string;
}

/** Whether an error speaks of the encryption of a connection. */
export function speaksOfTls({ code, said }: Said): boolean {
  return (
    /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code) ||
    /does not support SSL|no encryption|SSL off|SSL alert|certificate/i.test(said)
  );
}

/** What was wrong with the encryption of a connection to a server, and what to change. */
export function tlsFailure(
  { code, said }: Said,
  { host, port, user, ca, origin }: ServerConfig,
): { message: string; remedies: string[] } {
  const at = `${host}, port ${port}`;
  // In a form a person changes what they see; elsewhere, variables.
  const inForm = origin === null;
  const choose = (words: string, value: string) =>
    inForm ? `Choose “${words}”` : `Set DATABASE_TLS (or “tls” in the settings file) to ${value}`;
  const authority = inForm
    ? 'Choose the certificate of the authority that has signed the server’s; who runs the server has it.'
    : 'Name the certificate of the authority that has signed the server’s in DATABASE_CA_FILE, or choose it in Settings, Database.';
  const unchecked = `${choose('Encrypted, whoever the server is', 'require')} only on a network where nobody could put another server in its place.`;
  const where = origin === null ? [] : [`The settings are ${origin}.`];

  if (/no encryption|SSL off/.test(said)) {
    return {
      message: `The server at ${at} does not let ${user} in without encryption.`,
      remedies: [`${choose('Encrypted, and the certificate is checked', 'verify-full')}.`, ...where],
    };
  }
  if (/does not support SSL/.test(said)) {
    return {
      message: `The server at ${at} offers no encryption.`,
      remedies: [
        'Have who runs the server turn it on (ssl = on).',
        `${choose('None', 'disable')} only where nobody can listen on the way there.`,
        ...where,
      ],
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      message: `The certificate of the server at ${at} is for another name than ${host}.`,
      remedies: [
        'Enter the name that the certificate is for, or have one made for this name.',
        unchecked,
        ...where,
      ],
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      message: `The certificate of the server at ${at} ${code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}.`,
      remedies: [
        'Check the date of this machine; otherwise have who runs the server renew it.',
        unchecked,
        ...where,
      ],
    };
  }
  if (/^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_SIGNATURE|CERT_UNTRUSTED|ERR_OSSL_)/.test(code)) {
    return {
      message: ca
        ? `The certificate of the server at ${at} was not signed by the authority whose certificate was given.`
        : `The certificate of the server at ${at} was signed by an authority that this system does not know.`,
      remedies: [authority, unchecked, ...where],
    };
  }
  return {
    message: `The encrypted connection to ${at} could not be made: ${said}.`,
    remedies: [
      inForm
        ? 'Choose another kind of encryption; ask who runs the server which one it offers.'
        : 'Set DATABASE_TLS (or “tls” in the settings file) to what the server asks for: disable, require (encrypted, whoever the server is) or verify-full (its certificate is checked).',
      authority,
      ...where,
    ],
  };
}
