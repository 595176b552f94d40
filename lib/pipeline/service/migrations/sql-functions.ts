/**
 * Functions of PostgreSQL that change no table and run no statement, by name. `nextval`, `setval` and `set_config` change
 * a sequence or the session, which no data depends on.
 * @see https://www.postgresql.org/docs/current/functions.html
 */
const HARMLESS_FUNCTIONS = new Set(
  [
    // Mathematics.
    "abs ceil ceiling div floor gcd greatest lcm least mod power random round sign sqrt trunc width_bucket",
    // Text and bytes.
    "ascii btrim char_length chr concat concat_ws convert_from convert_to decode encode format initcap left length lower lpad ltrim md5 octet_length overlay position quote_ident quote_literal quote_nullable regexp_count regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim sha256 split_part starts_with string_to_array string_to_table strpos substr substring translate trim unistr upper",
    // Dates and times.
    "age clock_timestamp current_date current_time current_timestamp date_bin date_part date_trunc extract justify_days justify_hours justify_interval localtime localtimestamp make_date make_interval make_time make_timestamp make_timestamptz now statement_timestamp timezone to_char to_date to_number to_timestamp transaction_timestamp",
    // JSON.
    "json_array_elements json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text json_object json_object_keys json_strip_nulls json_typeof jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof row_to_json to_json to_jsonb",
    // Arrays, sets, ranges and text search.
    "array_append array_cat array_dims array_length array_lower array_position array_positions array_prepend array_remove array_replace array_to_json array_to_string array_upper cardinality generate_series generate_subscripts isempty lower_inc plainto_tsquery setweight to_tsquery to_tsvector unnest upper_inc websearch_to_tsquery",
    // Aggregates and windows.
    "array_agg avg bit_and bit_or bool_and bool_or count cume_dist dense_rank every first_value json_agg json_object_agg jsonb_agg jsonb_object_agg lag last_value lead max min mode nth_value ntile percent_rank percentile_cont percentile_disc rank row_number stddev string_agg sum variance",
    // Conditions, identifiers, sequences and the session.
    "coalesce currval exists gen_random_uuid lastval nextval nullif num_nonnulls num_nulls pg_get_serial_sequence set_config setval uuidv4 uuidv7",
    "current_database current_role current_schema current_setting current_user pg_typeof session_user to_regclass version",
  ]
    .join(" ")
    .split(" "),
);

/** @param path parts of the unquoted name: `["pg_catalog", "lower"]` */
export function isHarmlessFunction(path: readonly string[]): boolean {
  const [schema, name] = path.length === 1 ? ["pg_catalog", path[0]] : path;
  return path.length <= 2 && schema === "pg_catalog" && name !== undefined && HARMLESS_FUNCTIONS.has(name);
}
