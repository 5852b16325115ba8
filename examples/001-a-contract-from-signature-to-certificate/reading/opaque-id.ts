/** Whether somebody is named in the way the library asks for: no name, no address, no telephone number. */
export const isOpaqueId = (value: unknown): value is string =>
  typeof value === 'string' && /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(value);

export const opaqueId = 'an opaque id (up to 64 letters, digits and . _ : -, with a letter among them)';
