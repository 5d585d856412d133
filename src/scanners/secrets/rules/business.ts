/** Documents, projects, customers, content, maps and things: everything else that has keys with a form of their own. */
import { base36, base62, capitals, digits, hex, optional, rule, url64, type SecretRule } from './rule.ts';

export const BUSINESS_RULES: readonly SecretRule[] = [
  rule('notion_token', 'Notion integration token', ['ntn_'], [digits(11), base62(35)]),
  rule('notion_token', 'Notion integration token, first version', ['secret_'], [base62(43)]),
  rule('airtable_token', 'Airtable token', ['pat'], [base62(14), '.', hex(64)]),
  rule('clickup_token', 'ClickUp personal token', ['pk_'], [digits(6, 10), '_', capitals(32)]),
  rule(
    'asana_token',
    'Asana personal access token',
    ['1/', '2/'],
    [digits(13, 17), optional('/', digits(13, 17)), ':', hex(32)],
  ),
  rule('typeform_token', 'Typeform token', ['tfp_'], [url64(40, 64)]),
  rule('dropbox_token', 'Dropbox access token', ['sl.'], [url64(120, 400)]),
  rule('mapbox_token', 'Mapbox secret token', ['sk.eyJ'], [url64(40, 120), '.', url64(22)]),
  rule('readme_key', 'ReadMe API key', ['rdme_'], [base36(70)]),
  rule('frameio_token', 'Frame.io token', ['fio-u-'], [url64(64)]),
  rule('settlemint_token', 'SettleMint token', ['sm_aat_', 'sm_pat_', 'sm_sat_'], [base62(16)]),
  rule('adobe_secret', 'Adobe OAuth client secret', ['p8e-'], [url64(32)]),
  rule('dub_key', 'Dub API key', ['dub_'], [base62(24)]),
  rule('cal_key', 'Cal.com API key', ['cal_live_', 'cal_test_'], [hex(32)]),
  rule('intra42_secret', '42 Intra client secret', ['s-s4t2ud-', 's-s4t2af-'], [hex(64)]),
  rule('adafruit_key', 'Adafruit IO key', ['aio_'], [base62(28)]),
  rule('ubidots_token', 'Ubidots token', ['BBFF-', 'BBUS-'], [base62(30, 36)]),
  rule('blynk_address', 'Blynk address with a device token', ['blynk-cloud.com/'], [url64(32)]),
  rule('maxmind_key', 'MaxMind license key', ['_mmk'], [], { before: base62(36) }),
  rule('rapidapi_key', 'RapidAPI key', ['msh'], [base36(15), 'jsn', base36(12)], { before: base36(10, 20) }),
  rule('lichess_token', 'Lichess access token', ['lip_', 'lio_'], [base62(20)]),
  rule('openproject_token', 'OpenProject API key', ['opapi-'], [base62(40)]),
  rule('close_key', 'Close API key', ['api_'], [base62(22), '.', base62(22)]),
];
