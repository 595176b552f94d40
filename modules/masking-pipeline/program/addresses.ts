/** SQL that finds and removes e-mail addresses. The masking and its check share one pattern, so that they agree on what an address is. */

/** No mail is ever delivered to this domain. @see https://www.rfc-editor.org/rfc/rfc2606 */
export const RESERVED_DOMAIN = "example.invalid";

/** Stands in texts for an address. It is shorter than most addresses, so that it fits into columns of limited length. */
export const REMOVED = "[removed]";

/** At signs and dots, also as URLs, HTML, JSON and quoted-printable text encode them. */
const AT = String.raw`(?:[@＠﹫]|%(?:25)*40|&#0*64;|&#x0*40;|&commat;|\\+u0040|=40)`;
const DOT = String.raw`(?:[.。．｡]|%(?:25)*2e|&#0*46;|&#x0*2e;|&period;|\\+u002e|=2e)`;

/** A local part, quoted or not. Unquoted ones are wider than RFC 5321 allows: a text loses too much rather than too little. */
const LOCAL = String.raw`(?:"[^"\r\n]*"|[^\s@＠﹫"<>(),;:\[\]\\]+)`;
/** A label of any script. */
const LABEL = String.raw`[^\s@＠﹫.。．｡,;:"'<>()\[\]{}\\/?&#|%=]+`;
const DOMAIN = String.raw`(?:${LABEL}(?:${DOT}${LABEL})+|\[[0-9a-z.:]+\])`;

const ADDRESS = LOCAL + AT + DOMAIN;
const RESERVED = `^[a-z0-9._-]+@${RESERVED_DOMAIN.replaceAll(".", String.raw`\.`)}$`;

/** A column's type, without domains and arrays. */
export interface ColumnType {
  readonly isArray: boolean;
  readonly typeName: string;
}

/** Bytes as text. Zeros are left out, so that text in UTF-16 is found as well. */
const bytes = (value: string) => String.raw`replace(encode(${value}, 'escape'), '\000', '')`;

/** Strings and keys of a document, one a line: the quotes of JSON between them are no quotes of a local part. */
const strings = (value: string) => String.raw`(SELECT string_agg(CASE jsonb_typeof(v)
    WHEN 'string' THEN v #>> '{}'
    WHEN 'object' THEN (SELECT string_agg(k, E'\n') FROM jsonb_object_keys(v) AS k)
  END, E'\n') FROM jsonb_path_query(${value}::jsonb, 'strict $.**') AS v)`;

/** SQL for all text of a value. Parts of a value are lines, as no address extends over two. */
export function textOf(column: string, type: ColumnType): string {
  const one = (value: string) => textOfItem(value, type.typeName);
  if (!type.isArray) return one(column);
  return String.raw`array_to_string(ARRAY(SELECT ${one("e")} FROM unnest(${column}) AS e), E'\n')`;
}

function textOfItem(value: string, typeName: string): string {
  if (typeName === "bytea") return bytes(value);
  return DOCUMENTS.includes(typeName) ? strings(value) : `${value}::text`;
}

const DOCUMENTS = ["json", "jsonb", "hstore"];

/** SQL condition: the text has an address outside of the reserved domain. */
export function hasAddress(text: string): string {
  return `EXISTS (SELECT FROM regexp_matches(${text}, '${quoted(ADDRESS)}', 'gi') AS found WHERE found[1] !~* '${quoted(RESERVED)}')`;
}

/** Functions for the session, which no dump contains. */
export const SCRUB_FUNCTIONS = `
CREATE FUNCTION pg_temp.scrub(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT regexp_replace(value, '${quoted(ADDRESS)}', '${REMOVED}', 'gi') $$;
CREATE FUNCTION pg_temp.scrub(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT CASE WHEN ${hasAddress(bytes("value"))} THEN '' ELSE value END $$;
CREATE FUNCTION pg_temp.scrub(value jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN
  RETURN CASE jsonb_typeof(value)
    WHEN 'string' THEN to_jsonb(pg_temp.scrub(value #>> '{}'))
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(pg_temp.scrub(item) ORDER BY place), '[]')
      FROM jsonb_array_elements(value) WITH ORDINALITY AS items(item, place))
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(pg_temp.scrub(name), pg_temp.scrub(item)), '{}')
      FROM jsonb_each(value) AS items(name, item))
    ELSE value END;
END $$;
CREATE FUNCTION pg_temp.one_dimension(value anyarray) RETURNS anyarray LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN
  IF array_ndims(value) > 1 THEN RAISE 'array of several dimensions' USING ERRCODE = 'feature_not_supported'; END IF;
  RETURN value;
END $$;`;

/** SQL for the value without addresses. */
export function scrubbed(column: string, { isArray, typeName }: ColumnType): string {
  if (!isArray) return scrubbedItem(column, typeName);
  const items = `ARRAY(SELECT ${scrubbedItem("e", typeName)} FROM unnest(pg_temp.one_dimension(${column})) AS e)`;
  return `CASE WHEN ${column} IS NOT NULL THEN ${items} END`;
}

function scrubbedItem(value: string, typeName: string): string {
  switch (typeName) {
    case "bytea":
      return `pg_temp.scrub(${value})`;
    case "json":
    case "jsonb":
      return `pg_temp.scrub(${value}::jsonb)`;
    case "hstore":
      return `CASE WHEN ${hasAddress(strings(value))}
        THEN (SELECT hstore(array_agg(pg_temp.scrub(key)), array_agg(pg_temp.scrub(value))) FROM each(${value})) ELSE ${value} END`;
    default:
      return `pg_temp.scrub(${value}::text)`;
  }
}

function quoted(pattern: string): string {
  return pattern.replaceAll("'", "''");
}
