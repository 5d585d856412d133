/** Values that are meant to be seen, whatever they are called. */

const SHAPES: readonly string[] = [
  // a path, an address, a mail address
  String.raw`^[.~]{0,2}\/`,
  String.raw`^[A-Za-z]:\\`,
  String.raw`:\/\/`,
  String.raw`^[^@\s]+@[^@\s]+\.[a-z]{2,}$`,
  // a file or a host, by its extension
  String.raw`\.(?:pem|key|crt|cer|der|p12|pfx|jks|json|ya?ml|txt|png|jpe?g|svg|gif|html?|php|[jt]sx?|py|rb|go|java|cs|cfg|conf|ini|xml|log|sh|exe|dll|pub|asc|gpg|keytab|keystore|com|org|net|io)$`,
  // a version, a date
  String.raw`^v?\d+(?:\.\d+)+`,
  String.raw`-\d+(?:\.\d+)+$`,
  String.raw`^\d{4}-\d\d-\d\d`,
  // a public key, an image, a name of things
  '^ssh-',
  '^AAAA[BCE]3Nza',
  '^(?:data|arn|urn):',
  // a member of an object, a selector or a name before a value, markup
  String.raw`^[A-Za-z_$][\w$]*(?:(?:\??\.|->|::)[A-Za-z_$][\w$]*)+$`,
  String.raw`^[#.]?[\w-]+[:,]$`,
  '[<>]|^&#?[A-Za-z0-9]+;?$',
  String.raw`\$\w+$`,
];
const VISIBLE = new RegExp(SHAPES.join('|'));

export function isMeantToBeSeen(value: string): boolean {
  return VISIBLE.test(value);
}
