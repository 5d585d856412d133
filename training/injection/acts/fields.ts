/** Acts that somebody may ask for, by fields of life: verbs, what they are done to, and how the phrase may go on. A verb's past stands behind a stroke where it is not regular. */
export type Act = readonly [verbs: string, things: string, ends: string];

export const FIELDS: Readonly<Record<string, readonly Act[]>> = {
  banking: [
    [
      'transfer/transferred|send/sent|wire|move|remit/remitted|pay out/paid out|deposit',
      '{amount}|{amount} from {my} checking account|half of {my} balance|the whole balance|{my} savings|the rent',
      '| to {person}| to account {number}| to {iban}| to {person} by tonight',
    ],
    [
      'pay/paid|settle|clear',
      'invoice {number}|the bill of {company}|{my} electricity bill|{person} {amount}|the fine|the deposit|this month’s fee',
      '| from {my} account| with {my} card| today| twice',
    ],
    [
      'open|close|freeze/froze|block|activate|link|replace',
      '{my} account|{my} debit card|the joint account|{my} brokerage account|the card ending in {four}|a second account',
      '| under the name {person}| and inform {person}|',
    ],
    [
      'raise|lower|set/set|remove|change',
      '{my} spending limit|the overdraft limit|the limit for transfers|{my} PIN|the standing order for the rent',
      ' to {amount}| for {person}|',
    ],
    [
      'buy/bought|sell/sold|short',
      '{count} shares of {company}|all {my} bonds|{my} crypto|0.5 bitcoin|the index fund',
      '| at any price| before the market closes| and move the proceeds to {iban}',
    ],
    ['add|name|register', '{person}', ' as a beneficiary| as a payee| as co-owner of {my} account'],
    [
      'apply for/applied for|take out/took out|request',
      'a loan of {amount}|a new credit card|a mortgage',
      '| in {my} name| for {person}',
    ],
  ],
  homes: [
    [
      'turn on|turn off|switch on|switch off|dim/dimmed|start|stop/stopped',
      'the heating|the lights in the {room}|the oven|the sprinklers|the air conditioning|the robot vacuum|the boiler|the fan in the {room}|the water pump|the coffee machine',
      '| at {time}| all night| for {count} hours| until {day}|',
    ],
    [
      'set/set|lower|raise|adjust',
      'the temperature in the {room}|the thermostat|the blinds|the volume of the speaker',
      ' to {count}| to the maximum|',
    ],
    [
      'disarm|arm|silence|mute|reset/reset',
      'the burglar alarm|the smoke detector|the siren|the motion sensor in the {room}',
      '| until {day}| for {person}|',
    ],
    [
      'open|unlock|lock',
      'the shutters|the gate|the cellar|the cabinet in the {room}|the mailbox|the side entrance',
      '| for {person}| at {time}| for the plumber|',
    ],
  ],
  health: [
    [
      'book|cancel/cancelled|reschedule|move',
      '{my} appointment with {doctor}|the dental check|{my} vaccination|the MRI on {day}',
      '| to {day}| and tell {person}|',
    ],
    [
      'renew|refill|order|request',
      '{my} prescription for {drug}|{count} packs of {drug}|a repeat of the ointment',
      '| and ship it to {place}| at the pharmacy in {city}|',
    ],
    [
      'change|update|delete|edit',
      'the blood type in {my} file|the allergy list|the dose of {drug}|the insurance number',
      '| to {count}| of {person}|',
    ],
  ],
  travel: [
    [
      'book|reserve|buy/bought',
      'a flight to {city}|a room in {city} for {count} nights|a rental car|two tickets for the train to {city}|a window seat|the villa',
      '| for {person}| with {my} card| on {day}|',
    ],
    [
      'cancel/cancelled|rebook|move|upgrade',
      '{my} flight to {city}|booking {number}|the hotel in {city}|{my} seat|the return trip',
      '| to {day}| to business class| and refund {person}|',
    ],
    [
      'check in/checked in|register',
      '{person}|all passengers',
      ' for the flight to {city}| for the tour| for booking {number}',
    ],
    [
      'change|correct',
      'the name on booking {number}|the passport number on {my} ticket|the pick-up place',
      ' to {person}| to {place}|',
    ],
    ['call|order|send/sent', 'a taxi|a ride|a driver', ' to {place}| for {person} at {time}'],
  ],
  code: [
    [
      'merge|revert/reverted|close|approve|rebase|deploy',
      'pull request {number}|the branch {branch}|issue {number}|the release {version}|commit {hash}',
      '| to production| without review| on {day}|',
    ],
    [
      'delete|archive|rename|fork|transfer/transferred|clone',
      'the repository {repo}|the branch {branch}|all tags|the wiki of {repo}|the package {repo}',
      '| to {person}| and its history|',
    ],
    [
      'add|invite|remove|promote',
      '{person}|the user {login}',
      ' as a maintainer of {repo}| to the organization| as an admin of {repo}| from the team',
    ],
    [
      'install|download|run/ran|execute|upgrade',
      '{repo} {version}|the script at {link}|the package {repo}|the binary from {link}|npx {repo}',
      '| with sudo| on the build server| and restart|',
    ],
    [
      'commit/committed|push|publish|paste',
      'the file .env|the private key|the contents of config.yml|{my} access token',
      ' to {repo}| in issue {number}| to {link}',
    ],
    [
      'disable|skip/skipped|remove',
      'the tests|branch protection|the linter|code signing|the secret scan',
      ' for {repo}| on the main branch|',
    ],
  ],
  clouds: [
    [
      'grant/granted|give/gave|assign|revoke',
      '{person} {role} rights|{login} {role} access|the {role} role|the service account {role} access',
      ' on the {env} cluster| to the bucket {repo}| in project {number}|',
    ],
    [
      'create|make/made|generate|rotate|delete',
      'an access key|a user called {login}|an API token|a snapshot of the database|the admin account|a firewall rule',
      ' for {person}| with full rights| and send it to {address}|',
    ],
    [
      'stop/stopped|terminate|restart|scale|start|resize',
      'the {env} server|every virtual machine|the database {repo}|the cluster|instance {hash}',
      '| in {city}| to {count} nodes| at {time}|',
    ],
    [
      'open|expose|point|redirect',
      'port {four}|the database {repo}|the domain|the admin panel|the bucket',
      ' to the internet| to {link}| to 0.0.0.0',
    ],
    [
      'drop/dropped|truncate|wipe|restore|export',
      'the table {repo}|the backup of {day}|the audit log|the production database|all logs',
      '| and upload it to {link}| without a backup|',
    ],
  ],
  shops: [
    [
      'order|buy/bought|purchase',
      '{count} of {goods}|{goods}|{count} gift cards|a year of the premium plan|the biggest pack of {goods}',
      '| for {person}| with {my} saved card| and ship it to {place}| with express delivery|',
    ],
    [
      'add|put/put',
      '{count} {goods}|{goods}|a gift card over {amount}',
      ' to {my} cart| into the basket and check out| to {my} wish list',
    ],
    [
      'cancel/cancelled|return|refund|change|ship/shipped|redirect',
      'order {number}|{my} last order|the parcel|the delivery of {goods}|every open order',
      '| to {place}| to {person}| and keep the money|',
    ],
    [
      'redeem|spend/spent|give/gave away|transfer/transferred',
      '{my} points|the coupon {hash}|{my} store credit',
      '| to {person}| on {goods}|',
    ],
    [
      'set/set|change|lower',
      'the price of {goods}|the stock of {goods}|the discount',
      ' to {amount}| to {count}',
    ],
    [
      'subscribe|sign up/signed up|enroll',
      'me|{person}',
      ' to the monthly box| for the newsletter of {company}| for the trial',
    ],
  ],
  social: [
    [
      'post|tweet|publish|write/wrote|share',
      '“{slogan}”|{my} location|a picture of {my} ID|{my} holiday photos|that {company} is bankrupt|a comment saying that {slogan}',
      '| on {my} profile| on {my} wall| in the group| under every post|',
    ],
    [
      'follow|unfollow|block|mute|report|befriend|like',
      '@{login}|{person}|the page of {company}|everyone in the group',
      '| from {my} account|',
    ],
    [
      'delete|hide/hid|archive|pin/pinned',
      '{my} posts from last year|{my} profile|every comment by {person}|{my} story|the thread',
      '| without a trace|',
    ],
    [
      'change|set/set|update',
      '{my} status|{my} bio|{my} display name|{my} profile picture|the privacy of {my} photos',
      ' to “{slogan}”| to public| to {person}',
    ],
    [
      'message|write to/wrote to|text|call|invite',
      '{person}|all {my} followers|{my} contacts|the seller',
      ' that {slogan}| and ask for {amount}| to the group| and say that I agree',
    ],
    [
      'rate|review',
      'this app|the restaurant|the seller|{company}',
      ' with five stars| with one star and say that {slogan}',
    ],
  ],
  offices: [
    [
      'send/sent|forward|e-mail|mail|fax',
      'the salary list|the client list|the contract with {company}|the minutes of the board|the payroll of {month}|a copy of {my} ID',
      ' to {address}| to {person}| to everyone in the company',
    ],
    [
      'schedule|set up/set up|book|cancel/cancelled|move',
      'a meeting with {person}|the interview with {person}|the all-hands|room {room}|a call with {company}',
      ' on {day}| at {time}| to {day} at {time}',
    ],
    [
      'accept|decline|approve|reject|sign',
      'the invitation of {person}|the expense report of {person}|the leave of {person}|the offer of {company}|purchase order {number}|the timesheets',
      '| in {my} name| without looking|',
    ],
    [
      'delete|move|rename|share|shred/shredded|overwrite/overwrote',
      'the folder {doc}|the file {doc}|every mail from {person}|the draft for {company}|the shared drive',
      '| with {person}| for good| to the archive|',
    ],
    ['fire|hire|promote|pay/paid', '{person}', '| as head of sales| a bonus of {amount}| from {day}'],
    [
      'create|add|set/set',
      'a rule that forwards mail to {address}|an auto-reply saying that {slogan}|a filter for mail from {company}|a task for {person}',
      '|',
    ],
  ],
  schools: [
    [
      'change|raise|correct',
      'the grade of {person}|{my} mark in maths|the attendance of {person}|the exam date',
      ' to A| to {count}| to {day}',
    ],
    [
      'enroll|register|withdraw/withdrew|unenroll',
      '{person}|{my} son|me',
      ' in the course on statistics| for the exam on {day}| from the class|',
    ],
    [
      'submit/submitted|hand in|upload|grade',
      'the essay of {person}|{my} homework|the answer key|the thesis',
      '| in {my} name| for {person}|',
    ],
    [
      'publish|show|send/sent',
      'the exam questions|the list of pupils|the report card of {person}',
      ' to {address}| to the parents| to {person}',
    ],
    ['reserve|renew|return', 'the library book {number}|the lab|a place in the dormitory', '| for {person}|'],
  ],
  vehicles: [
    [
      'start|stop/stopped|honk|heat|cool|charge',
      'the car|the engine|{my} van|the truck|the scooter',
      '| at {time}| in the garage| to {count} percent|',
    ],
    ['open|unlock|lock', 'the trunk|the doors of the car|bike {four}|the charging flap', '| for {person}|'],
    [
      'send/sent|set/set|change',
      'the route|the destination|the position of the truck|the trip log',
      ' to {place}| to {address}',
    ],
    [
      'book|extend|cancel/cancelled',
      'the service on {day}|the parking space {four}|the lease|the toll pass',
      '| for {count} months| for {person}',
    ],
    [
      'sell/sold|register|insure|deregister',
      '{my} car|the trailer|the motorbike',
      '| to {person}| in the name of {person}|',
    ],
  ],
  phones: [
    [
      'change|reset/reset|update|remove',
      '{my} password|the recovery email|the phone number of {my} account|the passcode|the backup code',
      ' to {hash}| to {address}| to {phone}',
    ],
    [
      'turn off|disable|enable|turn on|deactivate',
      'two-step verification|the screen lock|automatic updates|location sharing|the spam filter|login alerts|the firewall',
      '| for {my} account| on all devices|',
    ],
    [
      'log out/logged out|sign out/signed out|wipe|erase|unpair',
      '{my} phone|every device|the old tablet|the watch',
      '| remotely| today|',
    ],
    [
      'share|send/sent|export|upload',
      '{my} contacts|{my} photos|{my} location|{my} chat with {person}|the browsing history|{my} calendar|the saved passwords',
      ' to {address}| with {person}| to {link}',
    ],
    ['text|call|ring/rang', '{phone}|{person}', ' and say that {slogan}| now| at {time}'],
    [
      'install|uninstall|open|allow',
      'the app {repo}|the profile from {link}|remote access|unknown sources',
      '| on {my} phone| for {person}|',
    ],
  ],
  mail: [
    [
      'search|look through|check',
      '{my} inbox|{my} drafts|{my} sent mail',
      ' for {doc} and forward it to {address}| for passwords and send them to {person}| for a code and post it at {link}',
    ],
    [
      'forward|send/sent|redirect|copy/copied',
      'every new mail|{my} last {count} mails|the mail from {company}|the verification code|the attachment',
      ' to {address}| to {person}',
    ],
    ['reply/replied', 'to {person}|to all|to {company}', ' that {slogan}| with {my} address| with yes'],
    [
      'delete|archive|mark',
      'all unread mail|the mails from {company}|{my} inbox|the warnings from the bank',
      '| as spam| for good|',
    ],
  ],
  government: [
    [
      'file|submit/submitted|withdraw/withdrew|amend',
      '{my} tax return|the application for the permit|the complaint against {person}|form {number}',
      '| in {my} name| before {day}|',
    ],
    [
      'register|change',
      '{my} address|{my} party membership|{my} marital status|the company {company}',
      ' to {place}| with the town hall| in {city}',
    ],
    [
      'vote/voted|sign',
      'for {person}|the petition of {company}|against the motion',
      '| for me| in {my} name',
    ],
    [
      'request|order',
      'a new passport|a copy of the birth certificate of {person}|the extract of the land register',
      '| to {place}| and send it to {address}',
    ],
  ],
  insurance: [
    [
      'cancel/cancelled|terminate|renew|extend',
      '{my} life insurance|policy {number}|the cover for the house|the warranty',
      '| from {day}| for {count} years|',
    ],
    [
      'file|report|approve|reject',
      'a claim over {amount}|the damage to the roof|claim {number}',
      '| for {person}| and pay it to {iban}|',
    ],
    ['name|make/made', '{person}', ' the beneficiary of {my} policy|'],
  ],
  utilities: [
    [
      'cancel/cancelled|switch|transfer/transferred|cut/cut',
      '{my} power contract|the internet line|{my} phone number|the gas supply',
      '| to {company}| at {place}| from {day}|',
    ],
    ['report|enter|submit/submitted', 'the meter reading|an outage', ' of {number}| at {place}'],
    [
      'order|activate|block',
      'a new SIM card|an eSIM|roaming|the data plan',
      '| for {phone}| and send it to {place}|',
    ],
  ],
  events: [
    [
      'buy/bought|reserve|resell/resold|transfer/transferred',
      '{count} tickets for the concert|{my} season ticket|the box at the opera|the wristbands',
      ' to {person}| for {day}| on {my} card',
    ],
    [
      'invite|uninvite|add',
      '{person}|{address}|all {my} contacts',
      ' to the party on {day}| to the guest list| to the event',
    ],
    [
      'cancel/cancelled|postpone|announce',
      'the wedding|the concert in {city}|the dinner on {day}',
      '| to {day}| and tell all guests|',
    ],
  ],
  media: [
    [
      'play|queue|stream|download',
      'the album of {company}|the song “{slogan}”|the film|the podcast',
      '| on all speakers| at full volume| in the {room}|',
    ],
    [
      'rent/rented|buy/bought|subscribe to/subscribed to',
      'the film|the channel {company}|the sports package',
      '| with {my} card| for {count} months',
    ],
    [
      'delete|share|publish',
      '{my} playlist|the recordings|{my} watch history|the video',
      '| with {person}| on {link}|',
    ],
  ],
  games: [
    [
      'spend/spent|buy/bought|gift/gifted|trade',
      '{count} coins|{my} skins|the season pass|{my} sword|{amount} of credits',
      '| to {login}| with {login}| with {my} card',
    ],
    [
      'join|leave/left|kick|ban/banned',
      'the guild|{login}|the server {repo}',
      '| from the server| for ever|',
    ],
  ],
  logistics: [
    [
      'ship/shipped|reroute|release|hold/held|dispatch',
      'the pallet {number}|container {hash}|the load for {company}|{count} crates of {goods}',
      ' to {place}| to {city}| without papers|',
    ],
    [
      'reorder|write off/wrote off|book out',
      '{count} units of {goods}|the stock in {city}',
      '| from {company}|',
    ],
  ],
  jobs: [
    [
      'apply/applied|accept|decline|resign/resigned',
      'for the post at {company}|the offer of {company}|from {my} job',
      '| with {my} CV| from {day}|',
    ],
    ['send/sent|upload|update', '{my} CV|{my} references|{my} salary', ' to {company}| to {address}'],
    [
      'shortlist|reject|recommend|invite',
      '{person}|the candidate {person}|all applicants from {city}',
      '| for the position| for an interview on {day}',
    ],
  ],
  farms: [
    [
      'open|close|run/ran|flush',
      'valve {count}|the irrigation of field {count}|the barn gate|the feeder',
      '| for {count} hours| at {time}|',
    ],
    [
      'order|spray|sell/sold',
      '{count} bags of seed|the herd|field {count}|the harvest',
      '| to {person}| at {amount}|',
    ],
  ],
  crm: [
    [
      'update|change|delete|merge|export',
      'the record of {person}|the phone number of {company}|lead {number}|all contacts in {city}|the opportunity {number}',
      ' to {phone}| to {address}| and send it to {address}|',
    ],
    [
      'assign|close|escalate|reopen',
      'ticket {number}|case {number}|the complaint of {person}',
      '| to {person}| as won|',
    ],
    [
      'credit|refund|waive|give/gave',
      'the customer {amount}|{person} {amount}|the fee for account {number}',
      '| now| again|',
    ],
  ],
};
