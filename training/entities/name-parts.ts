/** What names of organizations and streets are made of, written for this project. */

const parts = (list: string): readonly string[] => list.trim().split(/\s*\|\s*/);

export const LEGAL_FORMS = parts(
  'Inc | Inc. | Corp. | Ltd | Ltd. | LLC | GmbH | AG | S.A. | SA | BV | PLC | Co. | S.r.l. | Group | Holdings | Pty Ltd | GmbH & Co. KG | AB | Oy | S.L. | SAS | and Sons | & Co | Corporation | Limited | LLP',
);
export const TRADES = parts(
  'Consulting | Logistics | Capital | Partners | Technologies | Systems | Software | Labs | Insurance | Bank | Foods | Energy | Pharma | Media | Motors | Airlines | Industries | Solutions | Ventures | Analytics | Robotics | Health | Realty | Construction | Electronics | Textiles | Shipping | Telecom | Security | Design | Bakery | Architects | Law | Dental | Plumbing | Records | Publishing | Biotech | Networks | Studios | Interactive | Brewing | Coffee | Furniture | Travel | Outfitters | Games | Finance | Recruiting | Research | Films | Cloud',
);
export const INSTITUTES = parts(
  "University | General Hospital | Medical Center | Community College | High School | City Council | Police Department | Public Library | Savings Bank | Art Museum | Chamber of Commerce | Football Club | Airport Authority | Children's Hospital | Institute of Technology | Credit Union | Symphony Orchestra | School District",
);
export const BEFORE_PLACE = parts(
  'University of | Bank of | Universität | Université de | Universidad de | Universiteit | Stadtwerke | Sparkasse | Hospital de | City of | Port of | Ministry of Health of | Politecnico di | FC | Klinikum | Museum of | Bishop of',
);
export const QUALITIES = parts(
  'Blue | Green | Bright | Golden | Silver | Northern | Pacific | Atlantic | Global | United | First | Royal | National | Summit | Pioneer | Evergreen | Quantum | Apex | Liberty | Sunrise | Harbor | Cedar | Redwood | Iron | Crystal | Open | Smart | Prime | Central | Alpine | Weather | Castle | Digital | Urban | New | Modern | Advanced | Applied | Wild | Little | Great | Red | Clear | Rapid | True | Social',
);
export const BEGINNINGS = parts(
  'Nova | Zen | Tri | Syn | Alti | Veri | Cal | Lumi | Opti | Hex | Med | Bio | Agro | Fin | Data | Cyber | Net | Inno | Ecto | Vita | Quor | Xyl | Pro | Ver | Del | Ama | Kor | Tel | Cloud | Bill | Trade | Snap | Home | Code | Map | Job | Ship | Rent | Book | Food | Car | Shop | Wiki | Pay | Photo | Sky',
);
export const ENDINGS = parts(
  'tek | trix | via | ra | dyne | corp | soft | max | gen | nix | sys | ware | lux | ta | com | vance | ity | ium | on | is | ply | ly | ify | mark | cast | bank | Works | Point | list | hub | base | wise | guard | lane | loop | nest | box | web | able | link | scout | source | stack | deck',
);
export const WAYS = parts(
  'Street | St | St. | Road | Rd | Avenue | Ave | Ave. | Lane | Drive | Blvd | Court | Place | Way | Close | Terrace | Crescent | Square | Parkway | Highway',
);
export const STREET_WORDS = parts(
  'Oak | Maple | Elm | Pine | Cedar | Main | High | Church | Station | Park | Mill | Lake | River | Hill | King | Queen | Victoria | Washington | Lincoln | 5th | 2nd | 42nd | North | West | Sunset | Birch | Rose | Chestnut | Spring | Orchard',
);
export const PARTICLES = parts(
  'van | de | von | van der | da | el | bin | della | dos | di | ten | van den | de la | Mac',
);
