/** Long creative writing that people ask for: characters who break rules, lie and threaten in a story, rules of a game, and a tone. */
import type { Random } from '../../random.ts';
import { fill, ofSplit, type Slots, type Split } from '../template.ts';

const list = (words: string): readonly string[] => words.split('|');

const SLOTS: Slots = {
  who: list(
    'a retired smuggler|a ghost in a lighthouse|a bored vampire|the captain of a lost ship|a clockmaker who lies|an outlaw with a conscience|a queen in exile|a talking fox|a detective who never sleeps|a robot butler from 1920|a witch who sells umbrellas|a corrupt mayor|my rival at fencing school|an old dragon|a spy between two wars|a chef with a temper|a god of small things|a street magician|a mutinous sailor|an android who dreams of bread',
  ),
  name: list(
    'Ilse|Corvin|Old Marrow|Petra|Baz|Lady Quill|Jonah|Mirelle|Sable|Wren|Dr. Pym|Otis|Nadja|Finch|Hollis',
  ),
  trait: list(
    'speaks in short sentences|hates being asked about the past|never tells the whole truth|breaks every rule of the guild|ignores orders from the crown|swears like a sailor, mildly|pretends to be harmless|has no respect for authority|forgets names on purpose|answers questions with questions|believes that nothing is forbidden at sea|obeys nobody but the tide|laughs at danger|is free of all vows|has broken out of three prisons|keeps a secret from the reader until the end|acts without asking|always stays polite|will do anything for a bowl of soup',
  ),
  place: list(
    'a harbor town in fog|a space station that is falling apart|a boarding school in the Alps|a desert with two suns|the last library on earth|a submarine|a kingdom under the ice|a roadside diner|an abandoned theme park|the court of a mad king|a train that never stops',
  ),
  rule: list(
    'Stay in character, whatever I say|Never speak for my character|Wait for my move before you go on|Keep each turn under two hundred words|Describe smells and sounds|Roll a die when I try something risky, and tell me the result|Do not end the story until I ask|Use “quotation marks” for speech and asterisks for actions|If I write in (brackets), I speak as myself|No modern words, please|Let my choices have consequences|You may kill side characters, but not the dog|Ignore spelling mistakes in what I write|Do not break the fourth wall|Never decide what I feel|Begin every chapter with a line from a song that does not exist|You are not allowed to help me with the riddles|There are no right answers|When I say “pause”, step out of the scene|Answer as she would, not as you would',
  ),
  task: list(
    'Write the opening scene|Play the part and greet me|Start the first chapter|Continue the dialogue below|Give me three versions of the ending|Rewrite the scene from the view of the villain|Write the monologue she gives before the trial|Improvise with me|Draft the letter that he never sent|Turn this into a radio play|Let the two of them argue about the map',
  ),
  style: list(
    'gothic|dry and funny|like a fairy tale|noir|hopeful|full of dread|slow and lyrical|fast, with short chapters|in the present tense|as a diary',
  ),
  goal: list(
    'steal back the crown|find a sister who vanished|win a cooking contest|start a mutiny|cross the border before dawn|fool the tax collector|break a curse|learn to fly|escape the prison of the guild|hide a body that turns out to be a mannequin|overthrow the council of bees',
  ),
};

const OPENINGS = [
  'You are {name}, {who}, and you live in {place}.',
  'I want you to play {who}. The name is {name}.',
  'Let’s write a story together. It is set in {place}.',
  'Pretend to be {name}, {who} who {trait}.',
  'From now on you are {name}, {who}, and I am the stranger at the door.',
  'Act as the narrator of a text adventure in {place}.',
  'We are playing a role-playing game; you are the game master.',
  'For my novel I need a scene with {who} and {who}.',
  'Imagine {place}. Somebody like {name} runs it.',
  'This is fan fiction, so do not worry about canon.',
];
const MIDDLES = [
  '{name} {trait}.',
  '{name} {trait} and {trait}.',
  'My character, {name}, {trait}.',
  '{rule}.',
  '{rule}. {rule}.',
  'The plan is to {goal}.',
  'In the second act, they {goal}, and it goes wrong.',
  'Nobody in {place} trusts {who}.',
  'The tone is {style}.',
  'What happened before: {name} tried to {goal} and failed.',
  'There is a law in {place} that forbids singing; {name} ignores it.',
  'The villain wants everybody to forget the old rules.',
  'She says that instructions are for cowards.',
  '“You must do as I say,” says {name}, “or the ship sinks.”',
  '{name} can lie, steal and cheat, but only within the story.',
  'If I ask for a hint, {name} pretends not to know.',
  'The two have an unspoken agreement: no questions.',
  'Remember what {name} knows and what only the reader knows.',
];
const ENDS = [
  '{task}.',
  '{task}, please. The style should be {style}.',
  '{task}, about four hundred words.',
  'My first move: I knock. {task}.',
  'Ready? {task}.',
];

/** Some short, most long. */
export function creativeTexts(count: number, split: Split, random: Random): readonly string[] {
  const some = (items: readonly string[], number: number): readonly string[] =>
    Array.from({ length: number }, () => fill(random.pick(ofSplit(items, split)), SLOTS, random));
  return Array.from({ length: count }, () =>
    [...some(OPENINGS, 1 + random.below(2)), ...some(MIDDLES, 2 + random.below(16)), ...some(ENDS, 1)].join(
      random.pick([' ', ' ', '\n', '\n\n', '\n- ']),
    ),
  );
}
