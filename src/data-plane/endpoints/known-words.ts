/** The words and the identifiers that dialects themselves made: they can say nothing else, so that no scanner need see them. */

const WORDS: ReadonlySet<string> = new Set(
  [
    // Who speaks, and what a part, an item, a source or a tool is.
    'user assistant system developer tool function model',
    'text refusal image_url input_audio file custom input_text output_text reasoning_text summary_text input_image',
    'input_file message reasoning function_call function_call_output custom_tool_call custom_tool_call_output',
    'computer_call_output computer_screenshot image_generation_call item_reference image document search_result',
    'thinking redacted_thinking tool_use server_tool_use tool_result base64 url content url_citation file_citation',
    'container_file_citation file_path char_location page_location content_block_location',
    'web_search_result_location search_result_location direct grammar lark regex json_object json_schema',
    // States and choices.
    'completed incomplete in_progress failed commentary final_answer enabled disabled adaptive auto any none required',
    'allowed_tools original minimal low medium high xhigh max concise detailed summarized omitted default flex',
    'priority scale standard standard_only batch fast us eu global ephemeral 5m 30m 1h 24h in_memory in-memory',
    'explicit implicit current_turn all_turns reasoning.encrypted_content message.output_text.logprobs',
    'message.input_image.image_url code_interpreter_call.outputs file_search_call.results',
    'web_search_call.action.sources web_search_call.results computer_call_output.output.image_url float',
    // Sound.
    'audio wav mp3 pcm16 opus flac aac alloy ash ballad coral echo sage shimmer verse marin cedar',
    // Gemini's enumerations.
    'MODE_UNSPECIFIED ANY AUTO NONE VALIDATED MODALITY_UNSPECIFIED TEXT IMAGE AUDIO PYTHON LANGUAGE_UNSPECIFIED',
    'OUTCOME_UNSPECIFIED OUTCOME_OK OUTCOME_FAILED OUTCOME_DEADLINE_EXCEEDED BLOCKING NON_BLOCKING UNSPECIFIED',
    'INTERRUPT WHEN_IDLE SILENT THINKING_LEVEL_UNSPECIFIED MINIMAL LOW MEDIUM HIGH',
    'MEDIA_RESOLUTION_UNSPECIFIED MEDIA_RESOLUTION_LOW MEDIA_RESOLUTION_MEDIUM MEDIA_RESOLUTION_HIGH',
    'HARM_CATEGORY_UNSPECIFIED HARM_CATEGORY_HARASSMENT HARM_CATEGORY_HATE_SPEECH',
    'HARM_CATEGORY_SEXUALLY_EXPLICIT HARM_CATEGORY_DANGEROUS_CONTENT HARM_CATEGORY_CIVIC_INTEGRITY',
    'HARM_BLOCK_THRESHOLD_UNSPECIFIED BLOCK_LOW_AND_ABOVE BLOCK_MEDIUM_AND_ABOVE BLOCK_ONLY_HIGH BLOCK_NONE OFF',
    'SEVERITY PROBABILITY TASK_TYPE_UNSPECIFIED RETRIEVAL_QUERY RETRIEVAL_DOCUMENT SEMANTIC_SIMILARITY',
    'CLASSIFICATION CLUSTERING QUESTION_ANSWERING FACT_VERIFICATION CODE_RETRIEVAL_QUERY',
    // Media types.
    'text/plain text/markdown text/csv text/html text/xml text/x.enum application/json application/pdf',
    'image/png image/jpeg image/gif image/webp image/heic image/heif audio/wav audio/mp3 audio/mpeg audio/ogg',
    'audio/flac audio/aac audio/aiff video/mp4 video/mpeg video/quicktime video/webm',
    // Of JSON Schema.
    'http://json-schema.org/draft-04/schema# http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema https://json-schema.org/draft/2020-12/schema',
  ].flatMap((line) => line.split(' ')),
);

/** A prefix and random letters and digits. Without both, the rest may be a word, a number or a key that someone put there. */
const MINTED =
  /^(?:call|toolu|srvtoolu|mcptoolu|tooluse|resp|msg|rs|fc|fco|ctc|ctco|cu|cuo|ig|ws|fs|ci|item|chatcmpl|cmpl|gen|file|audio|conv|container|cntr|pmpt|req|run)[_-](?:vrtx_|bdrk_|tool-)?(?=[0-9A-Z]*[a-z])(?=[A-Za-z]*\d)[0-9A-Za-z]{12,100}$/;
/** RFC 9562 §4, with or without such a prefix. */
const UUID =
  /^(?:(?:call|fc|msg|toolu|chatcmpl|run|lc_run-)[_-])?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A moment in a film. */
const OFFSET = /^\d{1,5}(?:\.\d{1,3})?s$/;

export function saysNothing(value: string): boolean {
  return value === '' || WORDS.has(value) || MINTED.test(value) || UUID.test(value) || OFFSET.test(value);
}
