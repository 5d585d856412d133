/**
 * The words that say what a number is, by topic: a kind, or ADVERSE for what is no personal data. In small letters and
 * without accents, the singular; hyphens and apostrophes are spaces.
 */

export const CONTEXT_WORDS: Readonly<Record<string, string>> = {
  ADVERSE:
    'order, order number, order no, order id, invoice, invoice number, invoice no, version, build, release, ticket, ' +
    'ticket number, isbn, issn, ean, upc, gtin, sku, part number, part no, model, model number, item, item number, ' +
    'tracking, tracking number, shipment, serial number, batch, lot, lot number, commit, hash, checksum, revision, ' +
    'case number, docket, page, chapter, line, port, pid, error, error code, errno, timestamp, epoch, transaction id, ' +
    'bestellung, bestellnummer, rechnung, rechnungsnummer, auftrag, auftragsnummer, artikelnummer, sendungsnummer, ' +
    'vorgangsnummer, commande, facture, numero de commande, numero de facture, pedido, factura, numero de pedido, ' +
    'ordine, fattura, bestelling, bestelnummer, factuur, factuurnummer, encomenda, fatura, zamowienie, faktura, ordrenummer',
  AGE: 'age, aged, alter, alder, alter von, edad, eta, idade, leeftijd, wiek, ika',
  DATE_OF_BIRTH:
    'born, born on, birth, birthdate, birth date, date of birth, dob, d o b, birthday, geboren, geb, geburtsdatum, ' +
    'geburtstag, geboren am, ne le, nee le, date de naissance, naissance, nacido, nacida, nacio, fecha de nacimiento, ' +
    'nacimiento, nato, nata, nato il, data di nascita, nascita, geboortedatum, geb datum, nascido, nascida, ' +
    'data de nascimento, nascimento, urodzony, urodzona, data urodzenia, fodd, fodelsedatum, fodselsdag, fodselsdato, ' +
    'fodt, syntynyt, syntymaaika, dogum tarihi',
  OTHER_DATE:
    'hired, signed, dated, issued, expires, expiry, valid, appointment, died, death, deceased, since, joined, admitted, ' +
    'discharged, due, started, married, gestorben, ausgestellt, gultig, verheiratet, seit, decede, mort, delivre, muerto, ' +
    'expedido, morto, rilasciato, overleden, uitgegeven',
  RELEASE: 'version, build, release, firmware, driver, patch, kernel, revision, rev, ver, upgrade to',
  PHONE_NUMBER:
    'phone, phone number, telephone, tel, mobile, mobile number, cell, cellphone, cell number, call, call me, callback, ' +
    'dial, ring, fax, contact number, hotline, sms, text me, whatsapp, telefon, telefonnummer, rufnummer, handy, ' +
    'handynummer, mobil, mobilnummer, anrufen, erreichbar unter, durchwahl, telephone, portable, appelez, appeler, ' +
    'telefono, movil, celular, llamar, llame, telefonino, cellulare, chiamare, chiama, telefoon, telefoonnummer, ' +
    'mobiel, bel, telefone, telemovel, ligue, telefonu, komorka, komorkowy, zadzwon, telefonnummer, puhelin, ' +
    'puhelinnumero, ring, tlf, mobilnr, telnr',
  CREDIT_CARD:
    'card, card number, credit card, debit card, visa, mastercard, amex, american express, discover, diners, maestro, ' +
    'cc, ccn, pan, kreditkarte, kartennummer, carte, carte bancaire, numero de carte, tarjeta, carta di credito, ' +
    'creditcard, cartao, karta, kort, kortnummer',

  US_SSN:
    'ssn, social security, social security number, social security no, soc sec, social, social insurance',
  US_ITIN:
    'itin, individual taxpayer, individual taxpayer identification number, taxpayer id, taxpayer, tax id, tin',
  US_PASSPORT: 'passport, passport number, passport no, travel document, us passport',
  US_DRIVER_LICENSE:
    'driver license, drivers license, driver s license, driver licence, driving license, license number, ' +
    'drivers licence, driver s licence, dl, dl number, dln, operator license, permit number, dmv',
  US_BANK_NUMBER:
    'account number, account no, acct, acct no, bank account, checking account, savings account, account, acc no, ' +
    'deposit account, checking, savings, direct deposit',
  ABA_ROUTING_NUMBER:
    'routing, routing number, aba, aba number, rtn, routing transit number, transit number, wire',
  US_NPI: 'npi, national provider, national provider identifier, provider number, provider id',
  US_MBI: 'mbi, medicare, medicare number, medicare beneficiary, beneficiary identifier',
  MEDICAL_LICENSE:
    'dea, dea number, dea registration, prescriber, medical license, medical licence, license, certificate',
  MEDICAL_RECORD_NUMBER:
    'mrn, medical record, medical record number, medical record no, record number, patient id, patient number, patient no, ' +
    'chart number, hospital number, patientennummer, patienten id, fallnummer, numero de dossier, dossier patient, ' +
    'numero de historia clinica, historia clinica, numero de paciente, cartella clinica, patientnummer',
  ICD_10:
    'icd, diagnosis, diagnose, diagnosed, diagnoses, dx, diagnosis code, diagnostic, diagnostico, diagnosi, diagnostique',

  UK_NHS: 'nhs, nhs number, nhs no, national health, national health service, health service number',
  UK_NINO: 'nino, ni number, ni no, national insurance, national insurance number, nat ins',
  DE_TAX_ID:
    'steuer id, steueridentifikationsnummer, steuerliche identifikationsnummer, identifikationsnummer, idnr, steuer idnr, ' +
    'steuer identifikationsnummer, steuernummer, tax id, german tax id, tin',
  DE_SOCIAL_SECURITY:
    'sozialversicherungsnummer, rentenversicherungsnummer, versicherungsnummer, sv nummer, rv nummer, rvnr, rentenversicherung',
  FR_NIR:
    'nir, numero de securite sociale, securite sociale, n de securite sociale, secu, insee, numero insee, carte vitale, ' +
    'numero de secu, social security number',
  ES_NIF:
    'nif, dni, documento nacional, documento nacional de identidad, identificacion fiscal, numero de identificacion',
  ES_NIE: 'nie, numero de identidad de extranjero, identidad de extranjero, extranjero, extranjeria',
  IT_FISCAL_CODE: 'codice fiscale, cod fisc, cod fiscale, fiscal code, c f, cf',
  NL_BSN: 'bsn, burgerservicenummer, sofinummer, sofi, citizen service number, burger service nummer',
  BE_NATIONAL_NUMBER:
    'rijksregisternummer, rijksregister, numero national, registre national, numero de registre national, national number, ' +
    'national register number, insz, niss, nn, nationalnummer',
  PL_PESEL: 'pesel, numer pesel, nr pesel',
  PT_NIF:
    'nif, contribuinte, numero de contribuinte, numero fiscal, identificacao fiscal, numero de identificacao fiscal',
  SE_PERSONNUMMER:
    'personnummer, personnr, samordningsnummer, pnr, person number, swedish id, personal identity number',
  FI_PERSONAL_IDENTITY_CODE:
    'henkilotunnus, hetu, henkilotunnu, personbeteckning, personal identity code, sotu',
  DK_CPR: 'cpr, cpr nummer, cpr nr, cprnr, personnummer, cpr number',
  NO_FODSELSNUMMER: 'fodselsnummer, personnummer, fnr, fodselsnr, national identity number, d nummer',
  IE_PPS: 'pps, ppsn, pps number, pps no, personal public service, personal public service number',
  AT_SVNR: 'svnr, sv nummer, sv nr, sozialversicherungsnummer, versicherungsnummer, sozialversicherung',
  CH_AHV: 'ahv, ahv nummer, avs, numero avs, sozialversicherungsnummer, ahvn, oasi',
  EU_VAT:
    'vat, vat number, vat id, vat no, vat registration, ust idnr, ust id, ustidnr, umsatzsteuer id, uid, mwst, tva, ' +
    'numero de tva, tva intracommunautaire, iva, partita iva, p iva, nif iva, btw, btw nummer, btw nr, moms, ' +
    'momsnummer, nip, vies, alv, dic',

  CA_SIN:
    'sin, social insurance, social insurance number, social insurance no, nas, numero d assurance sociale, assurance sociale',
  AU_TFN: 'tfn, tax file, tax file number, tax file no',
  AU_ABN: 'abn, australian business number, business number',
  AU_MEDICARE: 'medicare, medicare number, medicare no, medicare card',
  IN_AADHAAR: 'aadhaar, aadhar, adhaar, uidai, uid, aadhaar number',
  IN_PAN: 'pan, pan card, pan number, permanent account number, pan no, income tax',
  SG_NRIC_FIN: 'nric, fin, nric number, fin number, identity card, ic number, ic no, singpass',
  BR_CPF: 'cpf, cadastro de pessoas fisicas, cadastro de pessoa fisica, cpf numero',
  BR_CNPJ: 'cnpj, cadastro nacional, cadastro nacional da pessoa juridica',
  MX_CURP: 'curp, clave unica, clave unica de registro',
  KR_RRN: 'rrn, resident registration, resident registration number, korean id',
  JP_MY_NUMBER: 'my number, individual number, kojin bango, mynumber',
  CRYPTO: 'bitcoin, btc, ethereum, eth, wallet, crypto, address',
};

/** Words of scripts that set no spaces between words, or bend their ends: found anywhere. */
export const WORDS_WITHIN_WORDS: Readonly<Record<string, readonly string[]>> = {
  PHONE_NUMBER: [
    '电话',
    '電話',
    '手机',
    '手機',
    '联系方式',
    '携帯',
    '전화',
    '휴대폰',
    '연락처',
    'телефон',
    'тел.',
    'звон',
  ],
  DATE_OF_BIRTH: ['出生', '生日', '生年月日', '생년월일', 'дата рождения', 'родил'],
  CREDIT_CARD: ['卡号', '信用卡', 'カード番号', '카드번호', 'карт'],
  KR_RRN: ['주민등록번호', '주민번호'],
  JP_MY_NUMBER: ['マイナンバー', '個人番号'],
  ADVERSE: ['订单', '发票', '注文番号', '주문번호', 'заказ', 'версия'],
};
