--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: search_all(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_all(query text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- what a part must have for all phrases of a query; null if it has none
    BEGIN
        RETURN (SELECT string_agg('(' || wanted::text || ')', ' & ')::tsquery FROM public.search_phrases(query));
    END
$$;


--
-- Name: search_any(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_any(query text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- what a part must have for any phrase of a query, which is what it is ranked by
    BEGIN
        RETURN (SELECT string_agg('(' || wanted::text || ')', ' | ')::tsquery FROM public.search_phrases(query));
    END
$$;


--
-- Name: search_index_follow(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_index_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM public.search_index WHERE key IN (SELECT key FROM gone);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO public.search_index (key, part, is_long, first, last, words)
            SELECT entry.key, own.part, own.is_long, own.first, own.last, own.words
            FROM come AS entry, public.search_parts(entry.kind, entry.title, entry.text) AS own;
        END IF;
        RETURN NULL;
    END $$;


--
-- Name: search_letters(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_letters(text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- a text with each letter as it is read, a space for what divides words, a mark for what is left out of them
    DECLARE
        letters text := lower(text COLLATE "C");
        others text := translate(letters, ' etaonirshdlcumfpgwybvkxjqz0123456789', '');
    BEGIN
        IF others = '' THEN
            RETURN letters;
        END IF;
        RETURN (
            SELECT translate(letters, coalesce(string_agg(letter, ''), ''), coalesce(string_agg(is_read, ''), ''))
            FROM (
                SELECT letter, coalesce('{"A": "a", "À": "a", "Á": "a", "Â": "a", "Ã": "a", "Ä": "a", "Å": "a", "à": "a", "á": "a", "â": "a", "ã": "a", "ä": "a", "å": "a", "Ā": "a", "ā": "a", "Ă": "a", "ă": "a", "Ą": "a", "ą": "a", "Ǎ": "a", "ǎ": "a", "Ǟ": "a", "ǟ": "a", "Ǻ": "a", "ǻ": "a", "Ȁ": "a", "ȁ": "a", "Ȃ": "a", "ȃ": "a", "Ȧ": "a", "ȧ": "a", "Ḁ": "a", "ḁ": "a", "Ạ": "a", "ạ": "a", "Ả": "a", "ả": "a", "Ấ": "a", "ấ": "a", "Ầ": "a", "ầ": "a", "Ẩ": "a", "ẩ": "a", "Ẫ": "a", "ẫ": "a", "Ậ": "a", "ậ": "a", "Ắ": "a", "ắ": "a", "Ằ": "a", "ằ": "a", "Ẳ": "a", "ẳ": "a", "Ẵ": "a", "ẵ": "a", "Ặ": "a", "ặ": "a", "Å": "a", "B": "b", "Ḃ": "b", "ḃ": "b", "Ḅ": "b", "ḅ": "b", "Ḇ": "b", "ḇ": "b", "C": "c", "Ç": "c", "ç": "c", "Ć": "c", "ć": "c", "Ĉ": "c", "ĉ": "c", "Ċ": "c", "ċ": "c", "Č": "c", "č": "c", "Ḉ": "c", "ḉ": "c", "D": "d", "Ď": "d", "ď": "d", "Ḋ": "d", "ḋ": "d", "Ḍ": "d", "ḍ": "d", "Ḏ": "d", "ḏ": "d", "Ḑ": "d", "ḑ": "d", "Ḓ": "d", "ḓ": "d", "E": "e", "È": "e", "É": "e", "Ê": "e", "Ë": "e", "è": "e", "é": "e", "ê": "e", "ë": "e", "Ē": "e", "ē": "e", "Ĕ": "e", "ĕ": "e", "Ė": "e", "ė": "e", "Ę": "e", "ę": "e", "Ě": "e", "ě": "e", "Ȅ": "e", "ȅ": "e", "Ȇ": "e", "ȇ": "e", "Ȩ": "e", "ȩ": "e", "Ḕ": "e", "ḕ": "e", "Ḗ": "e", "ḗ": "e", "Ḙ": "e", "ḙ": "e", "Ḛ": "e", "ḛ": "e", "Ḝ": "e", "ḝ": "e", "Ẹ": "e", "ẹ": "e", "Ẻ": "e", "ẻ": "e", "Ẽ": "e", "ẽ": "e", "Ế": "e", "ế": "e", "Ề": "e", "ề": "e", "Ể": "e", "ể": "e", "Ễ": "e", "ễ": "e", "Ệ": "e", "ệ": "e", "F": "f", "Ḟ": "f", "ḟ": "f", "G": "g", "Ĝ": "g", "ĝ": "g", "Ğ": "g", "ğ": "g", "Ġ": "g", "ġ": "g", "Ģ": "g", "ģ": "g", "Ǧ": "g", "ǧ": "g", "Ǵ": "g", "ǵ": "g", "Ḡ": "g", "ḡ": "g", "H": "h", "Ĥ": "h", "ĥ": "h", "Ȟ": "h", "ȟ": "h", "Ḣ": "h", "ḣ": "h", "Ḥ": "h", "ḥ": "h", "Ḧ": "h", "ḧ": "h", "Ḩ": "h", "ḩ": "h", "Ḫ": "h", "ḫ": "h", "ẖ": "h", "I": "i", "Ì": "i", "Í": "i", "Î": "i", "Ï": "i", "ì": "i", "í": "i", "î": "i", "ï": "i", "Ĩ": "i", "ĩ": "i", "Ī": "i", "ī": "i", "Ĭ": "i", "ĭ": "i", "Į": "i", "į": "i", "İ": "i", "Ǐ": "i", "ǐ": "i", "Ȉ": "i", "ȉ": "i", "Ȋ": "i", "ȋ": "i", "Ḭ": "i", "ḭ": "i", "Ḯ": "i", "ḯ": "i", "Ỉ": "i", "ỉ": "i", "Ị": "i", "ị": "i", "J": "j", "Ĵ": "j", "ĵ": "j", "ǰ": "j", "K": "k", "Ķ": "k", "ķ": "k", "Ǩ": "k", "ǩ": "k", "Ḱ": "k", "ḱ": "k", "Ḳ": "k", "ḳ": "k", "Ḵ": "k", "ḵ": "k", "K": "k", "L": "l", "Ĺ": "l", "ĺ": "l", "Ļ": "l", "ļ": "l", "Ľ": "l", "ľ": "l", "Ḷ": "l", "ḷ": "l", "Ḹ": "l", "ḹ": "l", "Ḻ": "l", "ḻ": "l", "Ḽ": "l", "ḽ": "l", "M": "m", "Ḿ": "m", "ḿ": "m", "Ṁ": "m", "ṁ": "m", "Ṃ": "m", "ṃ": "m", "N": "n", "Ñ": "n", "ñ": "n", "Ń": "n", "ń": "n", "Ņ": "n", "ņ": "n", "Ň": "n", "ň": "n", "Ǹ": "n", "ǹ": "n", "Ṅ": "n", "ṅ": "n", "Ṇ": "n", "ṇ": "n", "Ṉ": "n", "ṉ": "n", "Ṋ": "n", "ṋ": "n", "O": "o", "Ò": "o", "Ó": "o", "Ô": "o", "Õ": "o", "Ö": "o", "ò": "o", "ó": "o", "ô": "o", "õ": "o", "ö": "o", "Ō": "o", "ō": "o", "Ŏ": "o", "ŏ": "o", "Ő": "o", "ő": "o", "Ơ": "o", "ơ": "o", "Ǒ": "o", "ǒ": "o", "Ǫ": "o", "ǫ": "o", "Ǭ": "o", "ǭ": "o", "Ȍ": "o", "ȍ": "o", "Ȏ": "o", "ȏ": "o", "Ȫ": "o", "ȫ": "o", "Ȭ": "o", "ȭ": "o", "Ȯ": "o", "ȯ": "o", "Ȱ": "o", "ȱ": "o", "Ṍ": "o", "ṍ": "o", "Ṏ": "o", "ṏ": "o", "Ṑ": "o", "ṑ": "o", "Ṓ": "o", "ṓ": "o", "Ọ": "o", "ọ": "o", "Ỏ": "o", "ỏ": "o", "Ố": "o", "ố": "o", "Ồ": "o", "ồ": "o", "Ổ": "o", "ổ": "o", "Ỗ": "o", "ỗ": "o", "Ộ": "o", "ộ": "o", "Ớ": "o", "ớ": "o", "Ờ": "o", "ờ": "o", "Ở": "o", "ở": "o", "Ỡ": "o", "ỡ": "o", "Ợ": "o", "ợ": "o", "P": "p", "Ṕ": "p", "ṕ": "p", "Ṗ": "p", "ṗ": "p", "Q": "q", "R": "r", "Ŕ": "r", "ŕ": "r", "Ŗ": "r", "ŗ": "r", "Ř": "r", "ř": "r", "Ȑ": "r", "ȑ": "r", "Ȓ": "r", "ȓ": "r", "Ṙ": "r", "ṙ": "r", "Ṛ": "r", "ṛ": "r", "Ṝ": "r", "ṝ": "r", "Ṟ": "r", "ṟ": "r", "S": "s", "Ś": "s", "ś": "s", "Ŝ": "s", "ŝ": "s", "Ş": "s", "ş": "s", "Š": "s", "š": "s", "ſ": "s", "Ș": "s", "ș": "s", "Ṡ": "s", "ṡ": "s", "Ṣ": "s", "ṣ": "s", "Ṥ": "s", "ṥ": "s", "Ṧ": "s", "ṧ": "s", "Ṩ": "s", "ṩ": "s", "ẛ": "s", "T": "t", "Ţ": "t", "ţ": "t", "Ť": "t", "ť": "t", "Ț": "t", "ț": "t", "Ṫ": "t", "ṫ": "t", "Ṭ": "t", "ṭ": "t", "Ṯ": "t", "ṯ": "t", "Ṱ": "t", "ṱ": "t", "ẗ": "t", "U": "u", "Ù": "u", "Ú": "u", "Û": "u", "Ü": "u", "ù": "u", "ú": "u", "û": "u", "ü": "u", "Ũ": "u", "ũ": "u", "Ū": "u", "ū": "u", "Ŭ": "u", "ŭ": "u", "Ů": "u", "ů": "u", "Ű": "u", "ű": "u", "Ų": "u", "ų": "u", "Ư": "u", "ư": "u", "Ǔ": "u", "ǔ": "u", "Ǖ": "u", "ǖ": "u", "Ǘ": "u", "ǘ": "u", "Ǚ": "u", "ǚ": "u", "Ǜ": "u", "ǜ": "u", "Ȕ": "u", "ȕ": "u", "Ȗ": "u", "ȗ": "u", "Ṳ": "u", "ṳ": "u", "Ṵ": "u", "ṵ": "u", "Ṷ": "u", "ṷ": "u", "Ṹ": "u", "ṹ": "u", "Ṻ": "u", "ṻ": "u", "Ụ": "u", "ụ": "u", "Ủ": "u", "ủ": "u", "Ứ": "u", "ứ": "u", "Ừ": "u", "ừ": "u", "Ử": "u", "ử": "u", "Ữ": "u", "ữ": "u", "Ự": "u", "ự": "u", "V": "v", "Ṽ": "v", "ṽ": "v", "Ṿ": "v", "ṿ": "v", "W": "w", "Ŵ": "w", "ŵ": "w", "Ẁ": "w", "ẁ": "w", "Ẃ": "w", "ẃ": "w", "Ẅ": "w", "ẅ": "w", "Ẇ": "w", "ẇ": "w", "Ẉ": "w", "ẉ": "w", "ẘ": "w", "X": "x", "Ẋ": "x", "ẋ": "x", "Ẍ": "x", "ẍ": "x", "Y": "y", "Ý": "y", "ý": "y", "ÿ": "y", "Ŷ": "y", "ŷ": "y", "Ÿ": "y", "Ȳ": "y", "ȳ": "y", "Ẏ": "y", "ẏ": "y", "ẙ": "y", "Ỳ": "y", "ỳ": "y", "Ỵ": "y", "ỵ": "y", "Ỷ": "y", "ỷ": "y", "Ỹ": "y", "ỹ": "y", "Z": "z", "Ź": "z", "ź": "z", "Ż": "z", "ż": "z", "Ž": "z", "ž": "z", "Ẑ": "z", "ẑ": "z", "Ẓ": "z", "ẓ": "z", "Ẕ": "z", "ẕ": "z", "µ": "μ", "Μ": "μ", "Æ": "æ", "Ð": "ð", "Ø": "ø", "Þ": "þ", "Đ": "đ", "Ħ": "ħ", "Ĳ": "ĳ", "Ŀ": "ŀ", "Ł": "ł", "Ŋ": "ŋ", "Œ": "œ", "Ŧ": "ŧ", "Ɓ": "ɓ", "Ƃ": "ƃ", "Ƅ": "ƅ", "Ɔ": "ɔ", "Ƈ": "ƈ", "Ɖ": "ɖ", "Ɗ": "ɗ", "Ƌ": "ƌ", "Ǝ": "ǝ", "Ə": "ə", "Ɛ": "ɛ", "Ƒ": "ƒ", "Ɠ": "ɠ", "Ɣ": "ɣ", "Ɩ": "ɩ", "Ɨ": "ɨ", "Ƙ": "ƙ", "Ɯ": "ɯ", "Ɲ": "ɲ", "Ɵ": "ɵ", "Ƣ": "ƣ", "Ƥ": "ƥ", "Ʀ": "ʀ", "Ƨ": "ƨ", "Ʃ": "ʃ", "Ƭ": "ƭ", "Ʈ": "ʈ", "Ʊ": "ʊ", "Ʋ": "ʋ", "Ƴ": "ƴ", "Ƶ": "ƶ", "Ʒ": "ʒ", "Ƹ": "ƹ", "Ƽ": "ƽ", "Ǆ": "ǆ", "ǅ": "ǆ", "Ǉ": "ǉ", "ǈ": "ǉ", "Ǌ": "ǌ", "ǋ": "ǌ", "Ǡ": "ǡ", "Ǣ": "ǣ", "Ǥ": "ǥ", "Ǯ": "ǯ", "Ǳ": "ǳ", "ǲ": "ǳ", "Ƕ": "ƕ", "Ƿ": "ƿ", "Ǽ": "ǽ", "Ǿ": "ǿ", "Ȝ": "ȝ", "Ƞ": "ƞ", "Ȣ": "ȣ", "Ȥ": "ȥ", "Ⱥ": "ⱥ", "Ȼ": "ȼ", "Ƚ": "ƚ", "Ⱦ": "ⱦ", "Ɂ": "ɂ", "Ƀ": "ƀ", "Ʉ": "ʉ", "Ʌ": "ʌ", "Ɇ": "ɇ", "Ɉ": "ɉ", "Ɋ": "ɋ", "Ɍ": "ɍ", "Ɏ": "ɏ", "Ͱ": "ͱ", "Ͳ": "ͳ", "Ͷ": "ͷ", "Ά": "ά", "Έ": "έ", "Ή": "ή", "Ί": "ί", "Ό": "ό", "Ύ": "ύ", "Ώ": "ώ", "Α": "α", "Β": "β", "ϐ": "β", "Γ": "γ", "Δ": "δ", "Ε": "ε", "ϵ": "ε", "Ζ": "ζ", "Η": "η", "Θ": "θ", "ϑ": "θ", "ϴ": "θ", "Ι": "ι", "ι": "ι", "Κ": "κ", "ϰ": "κ", "Λ": "λ", "Ν": "ν", "Ξ": "ξ", "Ο": "ο", "Π": "π", "ϖ": "π", "Ρ": "ρ", "ϱ": "ρ", "Σ": "σ", "ς": "σ", "Τ": "τ", "Υ": "υ", "Φ": "φ", "ϕ": "φ", "Χ": "χ", "Ψ": "ψ", "Ω": "ω", "Ω": "ω", "Ϊ": "ϊ", "Ϋ": "ϋ", "Ϗ": "ϗ", "Ϙ": "ϙ", "Ϛ": "ϛ", "Ϝ": "ϝ", "Ϟ": "ϟ", "Ϡ": "ϡ", "Ϣ": "ϣ", "Ϥ": "ϥ", "Ϧ": "ϧ", "Ϩ": "ϩ", "Ϫ": "ϫ", "Ϭ": "ϭ", "Ϯ": "ϯ", "Ϸ": "ϸ", "Ϲ": "ϲ", "Ϻ": "ϻ", "Ͻ": "ͻ", "Ͼ": "ͼ", "Ͽ": "ͽ", "Ѐ": "ѐ", "Ё": "ё", "Ђ": "ђ", "Ѓ": "ѓ", "Є": "є", "Ѕ": "ѕ", "І": "і", "Ї": "ї", "Ј": "ј", "Љ": "љ", "Њ": "њ", "Ћ": "ћ", "Ќ": "ќ", "Ѝ": "ѝ", "Ў": "ў", "Џ": "џ", "А": "а", "Б": "б", "В": "в", "Г": "г", "Д": "д", "Е": "е", "Ж": "ж", "З": "з", "И": "и", "Й": "й", "К": "к", "Л": "л", "М": "м", "Н": "н", "О": "о", "П": "п", "Р": "р", "С": "с", "Т": "т", "У": "у", "Ф": "ф", "Х": "х", "Ц": "ц", "Ч": "ч", "Ш": "ш", "Щ": "щ", "Ъ": "ъ", "Ы": "ы", "Ь": "ь", "Э": "э", "Ю": "ю", "Я": "я", "Ѡ": "ѡ", "Ѣ": "ѣ", "Ѥ": "ѥ", "Ѧ": "ѧ", "Ѩ": "ѩ", "Ѫ": "ѫ", "Ѭ": "ѭ", "Ѯ": "ѯ", "Ѱ": "ѱ", "Ѳ": "ѳ", "Ѵ": "ѵ", "Ѷ": "ѷ", "Ѹ": "ѹ", "Ѻ": "ѻ", "Ѽ": "ѽ", "Ѿ": "ѿ", "Ҁ": "ҁ", "Ҋ": "ҋ", "Ҍ": "ҍ", "Ҏ": "ҏ", "Ґ": "ґ", "Ғ": "ғ", "Ҕ": "ҕ", "Җ": "җ", "Ҙ": "ҙ", "Қ": "қ", "Ҝ": "ҝ", "Ҟ": "ҟ", "Ҡ": "ҡ", "Ң": "ң", "Ҥ": "ҥ", "Ҧ": "ҧ", "Ҩ": "ҩ", "Ҫ": "ҫ", "Ҭ": "ҭ", "Ү": "ү", "Ұ": "ұ", "Ҳ": "ҳ", "Ҵ": "ҵ", "Ҷ": "ҷ", "Ҹ": "ҹ", "Һ": "һ", "Ҽ": "ҽ", "Ҿ": "ҿ", "Ӏ": "ӏ", "Ӂ": "ӂ", "Ӄ": "ӄ", "Ӆ": "ӆ", "Ӈ": "ӈ", "Ӊ": "ӊ", "Ӌ": "ӌ", "Ӎ": "ӎ", "Ӑ": "ӑ", "Ӓ": "ӓ", "Ӕ": "ӕ", "Ӗ": "ӗ", "Ә": "ә", "Ӛ": "ӛ", "Ӝ": "ӝ", "Ӟ": "ӟ", "Ӡ": "ӡ", "Ӣ": "ӣ", "Ӥ": "ӥ", "Ӧ": "ӧ", "Ө": "ө", "Ӫ": "ӫ", "Ӭ": "ӭ", "Ӯ": "ӯ", "Ӱ": "ӱ", "Ӳ": "ӳ", "Ӵ": "ӵ", "Ӷ": "ӷ", "Ӹ": "ӹ", "Ӻ": "ӻ", "Ӽ": "ӽ", "Ӿ": "ӿ", "Ԁ": "ԁ", "Ԃ": "ԃ", "Ԅ": "ԅ", "Ԇ": "ԇ", "Ԉ": "ԉ", "Ԋ": "ԋ", "Ԍ": "ԍ", "Ԏ": "ԏ", "Ԑ": "ԑ", "Ԓ": "ԓ", "Ԕ": "ԕ", "Ԗ": "ԗ", "Ԙ": "ԙ", "Ԛ": "ԛ", "Ԝ": "ԝ", "Ԟ": "ԟ", "Ԡ": "ԡ", "Ԣ": "ԣ", "Ԥ": "ԥ", "Ԧ": "ԧ", "Ա": "ա", "Բ": "բ", "Գ": "գ", "Դ": "դ", "Ե": "ե", "Զ": "զ", "Է": "է", "Ը": "ը", "Թ": "թ", "Ժ": "ժ", "Ի": "ի", "Լ": "լ", "Խ": "խ", "Ծ": "ծ", "Կ": "կ", "Հ": "հ", "Ձ": "ձ", "Ղ": "ղ", "Ճ": "ճ", "Մ": "մ", "Յ": "յ", "Ն": "ն", "Շ": "շ", "Ո": "ո", "Չ": "չ", "Պ": "պ", "Ջ": "ջ", "Ռ": "ռ", "Ս": "ս", "Վ": "վ", "Տ": "տ", "Ր": "ր", "Ց": "ց", "Ւ": "ւ", "Փ": "փ", "Ք": "ք", "Օ": "օ", "Ֆ": "ֆ", "Ⴀ": "ⴀ", "Ⴁ": "ⴁ", "Ⴂ": "ⴂ", "Ⴃ": "ⴃ", "Ⴄ": "ⴄ", "Ⴅ": "ⴅ", "Ⴆ": "ⴆ", "Ⴇ": "ⴇ", "Ⴈ": "ⴈ", "Ⴉ": "ⴉ", "Ⴊ": "ⴊ", "Ⴋ": "ⴋ", "Ⴌ": "ⴌ", "Ⴍ": "ⴍ", "Ⴎ": "ⴎ", "Ⴏ": "ⴏ", "Ⴐ": "ⴐ", "Ⴑ": "ⴑ", "Ⴒ": "ⴒ", "Ⴓ": "ⴓ", "Ⴔ": "ⴔ", "Ⴕ": "ⴕ", "Ⴖ": "ⴖ", "Ⴗ": "ⴗ", "Ⴘ": "ⴘ", "Ⴙ": "ⴙ", "Ⴚ": "ⴚ", "Ⴛ": "ⴛ", "Ⴜ": "ⴜ", "Ⴝ": "ⴝ", "Ⴞ": "ⴞ", "Ⴟ": "ⴟ", "Ⴠ": "ⴠ", "Ⴡ": "ⴡ", "Ⴢ": "ⴢ", "Ⴣ": "ⴣ", "Ⴤ": "ⴤ", "Ⴥ": "ⴥ", "Ⴧ": "ⴧ", "Ⴭ": "ⴭ", "ẞ": "ß", "Ỻ": "ỻ", "Ỽ": "ỽ", "Ỿ": "ỿ", "Ἀ": "ἀ", "Ἁ": "ἁ", "Ἂ": "ἂ", "Ἃ": "ἃ", "Ἄ": "ἄ", "Ἅ": "ἅ", "Ἆ": "ἆ", "Ἇ": "ἇ", "Ἐ": "ἐ", "Ἑ": "ἑ", "Ἒ": "ἒ", "Ἓ": "ἓ", "Ἔ": "ἔ", "Ἕ": "ἕ", "Ἠ": "ἠ", "Ἡ": "ἡ", "Ἢ": "ἢ", "Ἣ": "ἣ", "Ἤ": "ἤ", "Ἥ": "ἥ", "Ἦ": "ἦ", "Ἧ": "ἧ", "Ἰ": "ἰ", "Ἱ": "ἱ", "Ἲ": "ἲ", "Ἳ": "ἳ", "Ἴ": "ἴ", "Ἵ": "ἵ", "Ἶ": "ἶ", "Ἷ": "ἷ", "Ὀ": "ὀ", "Ὁ": "ὁ", "Ὂ": "ὂ", "Ὃ": "ὃ", "Ὄ": "ὄ", "Ὅ": "ὅ", "Ὑ": "ὑ", "Ὓ": "ὓ", "Ὕ": "ὕ", "Ὗ": "ὗ", "Ὠ": "ὠ", "Ὡ": "ὡ", "Ὢ": "ὢ", "Ὣ": "ὣ", "Ὤ": "ὤ", "Ὥ": "ὥ", "Ὦ": "ὦ", "Ὧ": "ὧ", "ᾈ": "ᾀ", "ᾉ": "ᾁ", "ᾊ": "ᾂ", "ᾋ": "ᾃ", "ᾌ": "ᾄ", "ᾍ": "ᾅ", "ᾎ": "ᾆ", "ᾏ": "ᾇ", "ᾘ": "ᾐ", "ᾙ": "ᾑ", "ᾚ": "ᾒ", "ᾛ": "ᾓ", "ᾜ": "ᾔ", "ᾝ": "ᾕ", "ᾞ": "ᾖ", "ᾟ": "ᾗ", "ᾨ": "ᾠ", "ᾩ": "ᾡ", "ᾪ": "ᾢ", "ᾫ": "ᾣ", "ᾬ": "ᾤ", "ᾭ": "ᾥ", "ᾮ": "ᾦ", "ᾯ": "ᾧ", "Ᾰ": "ᾰ", "Ᾱ": "ᾱ", "Ὰ": "ὰ", "Ά": "ά", "ᾼ": "ᾳ", "Ὲ": "ὲ", "Έ": "έ", "Ὴ": "ὴ", "Ή": "ή", "ῌ": "ῃ", "Ῐ": "ῐ", "Ῑ": "ῑ", "Ὶ": "ὶ", "Ί": "ί", "Ῠ": "ῠ", "Ῡ": "ῡ", "Ὺ": "ὺ", "Ύ": "ύ", "Ῥ": "ῥ", "Ὸ": "ὸ", "Ό": "ό", "Ὼ": "ὼ", "Ώ": "ώ", "ῼ": "ῳ", "Ⅎ": "ⅎ", "Ⅰ": "ⅰ", "Ⅱ": "ⅱ", "Ⅲ": "ⅲ", "Ⅳ": "ⅳ", "Ⅴ": "ⅴ", "Ⅵ": "ⅵ", "Ⅶ": "ⅶ", "Ⅷ": "ⅷ", "Ⅸ": "ⅸ", "Ⅹ": "ⅹ", "Ⅺ": "ⅺ", "Ⅻ": "ⅻ", "Ⅼ": "ⅼ", "Ⅽ": "ⅽ", "Ⅾ": "ⅾ", "Ⅿ": "ⅿ", "Ↄ": "ↄ", "Ⰰ": "ⰰ", "Ⰱ": "ⰱ", "Ⰲ": "ⰲ", "Ⰳ": "ⰳ", "Ⰴ": "ⰴ", "Ⰵ": "ⰵ", "Ⰶ": "ⰶ", "Ⰷ": "ⰷ", "Ⰸ": "ⰸ", "Ⰹ": "ⰹ", "Ⰺ": "ⰺ", "Ⰻ": "ⰻ", "Ⰼ": "ⰼ", "Ⰽ": "ⰽ", "Ⰾ": "ⰾ", "Ⰿ": "ⰿ", "Ⱀ": "ⱀ", "Ⱁ": "ⱁ", "Ⱂ": "ⱂ", "Ⱃ": "ⱃ", "Ⱄ": "ⱄ", "Ⱅ": "ⱅ", "Ⱆ": "ⱆ", "Ⱇ": "ⱇ", "Ⱈ": "ⱈ", "Ⱉ": "ⱉ", "Ⱊ": "ⱊ", "Ⱋ": "ⱋ", "Ⱌ": "ⱌ", "Ⱍ": "ⱍ", "Ⱎ": "ⱎ", "Ⱏ": "ⱏ", "Ⱐ": "ⱐ", "Ⱑ": "ⱑ", "Ⱒ": "ⱒ", "Ⱓ": "ⱓ", "Ⱔ": "ⱔ", "Ⱕ": "ⱕ", "Ⱖ": "ⱖ", "Ⱗ": "ⱗ", "Ⱘ": "ⱘ", "Ⱙ": "ⱙ", "Ⱚ": "ⱚ", "Ⱛ": "ⱛ", "Ⱜ": "ⱜ", "Ⱝ": "ⱝ", "Ⱞ": "ⱞ", "Ⱡ": "ⱡ", "Ɫ": "ɫ", "Ᵽ": "ᵽ", "Ɽ": "ɽ", "Ⱨ": "ⱨ", "Ⱪ": "ⱪ", "Ⱬ": "ⱬ", "Ɑ": "ɑ", "Ɱ": "ɱ", "Ɐ": "ɐ", "Ɒ": "ɒ", "Ⱳ": "ⱳ", "Ⱶ": "ⱶ", "Ȿ": "ȿ", "Ɀ": "ɀ", "Ⲁ": "ⲁ", "Ⲃ": "ⲃ", "Ⲅ": "ⲅ", "Ⲇ": "ⲇ", "Ⲉ": "ⲉ", "Ⲋ": "ⲋ", "Ⲍ": "ⲍ", "Ⲏ": "ⲏ", "Ⲑ": "ⲑ", "Ⲓ": "ⲓ", "Ⲕ": "ⲕ", "Ⲗ": "ⲗ", "Ⲙ": "ⲙ", "Ⲛ": "ⲛ", "Ⲝ": "ⲝ", "Ⲟ": "ⲟ", "Ⲡ": "ⲡ", "Ⲣ": "ⲣ", "Ⲥ": "ⲥ", "Ⲧ": "ⲧ", "Ⲩ": "ⲩ", "Ⲫ": "ⲫ", "Ⲭ": "ⲭ", "Ⲯ": "ⲯ", "Ⲱ": "ⲱ", "Ⲳ": "ⲳ", "Ⲵ": "ⲵ", "Ⲷ": "ⲷ", "Ⲹ": "ⲹ", "Ⲻ": "ⲻ", "Ⲽ": "ⲽ", "Ⲿ": "ⲿ", "Ⳁ": "ⳁ", "Ⳃ": "ⳃ", "Ⳅ": "ⳅ", "Ⳇ": "ⳇ", "Ⳉ": "ⳉ", "Ⳋ": "ⳋ", "Ⳍ": "ⳍ", "Ⳏ": "ⳏ", "Ⳑ": "ⳑ", "Ⳓ": "ⳓ", "Ⳕ": "ⳕ", "Ⳗ": "ⳗ", "Ⳙ": "ⳙ", "Ⳛ": "ⳛ", "Ⳝ": "ⳝ", "Ⳟ": "ⳟ", "Ⳡ": "ⳡ", "Ⳣ": "ⳣ", "Ⳬ": "ⳬ", "Ⳮ": "ⳮ", "Ⳳ": "ⳳ", "Ꙁ": "ꙁ", "Ꙃ": "ꙃ", "Ꙅ": "ꙅ", "Ꙇ": "ꙇ", "Ꙉ": "ꙉ", "Ꙋ": "ꙋ", "Ꙍ": "ꙍ", "Ꙏ": "ꙏ", "Ꙑ": "ꙑ", "Ꙓ": "ꙓ", "Ꙕ": "ꙕ", "Ꙗ": "ꙗ", "Ꙙ": "ꙙ", "Ꙛ": "ꙛ", "Ꙝ": "ꙝ", "Ꙟ": "ꙟ", "Ꙡ": "ꙡ", "Ꙣ": "ꙣ", "Ꙥ": "ꙥ", "Ꙧ": "ꙧ", "Ꙩ": "ꙩ", "Ꙫ": "ꙫ", "Ꙭ": "ꙭ", "Ꚁ": "ꚁ", "Ꚃ": "ꚃ", "Ꚅ": "ꚅ", "Ꚇ": "ꚇ", "Ꚉ": "ꚉ", "Ꚋ": "ꚋ", "Ꚍ": "ꚍ", "Ꚏ": "ꚏ", "Ꚑ": "ꚑ", "Ꚓ": "ꚓ", "Ꚕ": "ꚕ", "Ꚗ": "ꚗ", "Ꜣ": "ꜣ", "Ꜥ": "ꜥ", "Ꜧ": "ꜧ", "Ꜩ": "ꜩ", "Ꜫ": "ꜫ", "Ꜭ": "ꜭ", "Ꜯ": "ꜯ", "Ꜳ": "ꜳ", "Ꜵ": "ꜵ", "Ꜷ": "ꜷ", "Ꜹ": "ꜹ", "Ꜻ": "ꜻ", "Ꜽ": "ꜽ", "Ꜿ": "ꜿ", "Ꝁ": "ꝁ", "Ꝃ": "ꝃ", "Ꝅ": "ꝅ", "Ꝇ": "ꝇ", "Ꝉ": "ꝉ", "Ꝋ": "ꝋ", "Ꝍ": "ꝍ", "Ꝏ": "ꝏ", "Ꝑ": "ꝑ", "Ꝓ": "ꝓ", "Ꝕ": "ꝕ", "Ꝗ": "ꝗ", "Ꝙ": "ꝙ", "Ꝛ": "ꝛ", "Ꝝ": "ꝝ", "Ꝟ": "ꝟ", "Ꝡ": "ꝡ", "Ꝣ": "ꝣ", "Ꝥ": "ꝥ", "Ꝧ": "ꝧ", "Ꝩ": "ꝩ", "Ꝫ": "ꝫ", "Ꝭ": "ꝭ", "Ꝯ": "ꝯ", "Ꝺ": "ꝺ", "Ꝼ": "ꝼ", "Ᵹ": "ᵹ", "Ꝿ": "ꝿ", "Ꞁ": "ꞁ", "Ꞃ": "ꞃ", "Ꞅ": "ꞅ", "Ꞇ": "ꞇ", "Ꞌ": "ꞌ", "Ɥ": "ɥ", "Ꞑ": "ꞑ", "Ꞓ": "ꞓ", "Ꞡ": "ꞡ", "Ꞣ": "ꞣ", "Ꞥ": "ꞥ", "Ꞧ": "ꞧ", "Ꞩ": "ꞩ", "Ɦ": "ɦ", "Ａ": "ａ", "Ｂ": "ｂ", "Ｃ": "ｃ", "Ｄ": "ｄ", "Ｅ": "ｅ", "Ｆ": "ｆ", "Ｇ": "ｇ", "Ｈ": "ｈ", "Ｉ": "ｉ", "Ｊ": "ｊ", "Ｋ": "ｋ", "Ｌ": "ｌ", "Ｍ": "ｍ", "Ｎ": "ｎ", "Ｏ": "ｏ", "Ｐ": "ｐ", "Ｑ": "ｑ", "Ｒ": "ｒ", "Ｓ": "ｓ", "Ｔ": "ｔ", "Ｕ": "ｕ", "Ｖ": "ｖ", "Ｗ": "ｗ", "Ｘ": "ｘ", "Ｙ": "ｙ", "Ｚ": "ｚ", "𐐀": "𐐨", "𐐁": "𐐩", "𐐂": "𐐪", "𐐃": "𐐫", "𐐄": "𐐬", "𐐅": "𐐭", "𐐆": "𐐮", "𐐇": "𐐯", "𐐈": "𐐰", "𐐉": "𐐱", "𐐊": "𐐲", "𐐋": "𐐳", "𐐌": "𐐴", "𐐍": "𐐵", "𐐎": "𐐶", "𐐏": "𐐷", "𐐐": "𐐸", "𐐑": "𐐹", "𐐒": "𐐺", "𐐓": "𐐻", "𐐔": "𐐼", "𐐕": "𐐽", "𐐖": "𐐾", "𐐗": "𐐿", "𐐘": "𐑀", "𐐙": "𐑁", "𐐚": "𐑂", "𐐛": "𐑃", "𐐜": "𐑄", "𐐝": "𐑅", "𐐞": "𐑆", "𐐟": "𐑇", "𐐠": "𐑈", "𐐡": "𐑉", "𐐢": "𐑊", "𐐣": "𐑋", "𐐤": "𐑌", "𐐥": "𐑍", "𐐦": "𐑎", "𐐧": "𐑏"}'::jsonb ->> letter, CASE
                    WHEN ascii(letter) <@ '{[1,47],[58,64],[91,96],[123,169],[171,177],[180,180],[182,184],[187,187],[191,191],[215,215],[247,247],[706,709],[722,735],[741,747],[749,749],[751,767],[773,773],[781,782],[784,784],[786,794],[796,802],[809,812],[815,815],[818,879],[885,885],[894,894],[900,901],[903,903],[1014,1014],[1154,1161],[1370,1375],[1417,1418],[1423,1423],[1425,1479],[1523,1524],[1536,1540],[1542,1563],[1566,1567],[1611,1631],[1642,1645],[1648,1648],[1748,1748],[1750,1764],[1767,1773],[1789,1790],[1792,1805],[1807,1807],[1809,1809],[1840,1866],[1958,1968],[2027,2035],[2038,2041],[2070,2073],[2075,2083],[2085,2087],[2089,2093],[2096,2110],[2137,2139],[2142,2142],[2276,2302],[2304,2307],[2362,2364],[2366,2383],[2385,2391],[2402,2405],[2416,2416],[2433,2435],[2492,2492],[2494,2500],[2503,2504],[2507,2509],[2519,2519],[2530,2531],[2546,2547],[2554,2555],[2561,2563],[2620,2620],[2622,2626],[2631,2632],[2635,2637],[2641,2641],[2672,2673],[2677,2677],[2689,2691],[2748,2748],[2750,2757],[2759,2761],[2763,2765],[2786,2787],[2800,2801],[2817,2819],[2876,2876],[2878,2884],[2887,2888],[2891,2893],[2902,2903],[2914,2915],[2928,2928],[2946,2946],[3006,3010],[3014,3016],[3018,3021],[3031,3031],[3059,3066],[3073,3075],[3134,3140],[3142,3144],[3146,3149],[3157,3158],[3170,3171],[3199,3199],[3202,3203],[3260,3260],[3262,3268],[3270,3272],[3274,3277],[3285,3286],[3298,3299],[3330,3331],[3390,3396],[3398,3400],[3402,3405],[3415,3415],[3426,3427],[3449,3449],[3458,3459],[3530,3530],[3535,3540],[3542,3542],[3544,3551],[3570,3572],[3633,3633],[3636,3642],[3647,3647],[3655,3663],[3674,3675],[3761,3761],[3764,3769],[3771,3772],[3784,3789],[3841,3871],[3892,3903],[3953,3975],[3981,3991],[3993,4028],[4030,4044],[4046,4058],[4139,4158],[4170,4175],[4182,4185],[4190,4192],[4194,4196],[4199,4205],[4209,4212],[4226,4237],[4239,4239],[4250,4255],[4347,4347],[4957,4968],[5008,5017],[5120,5120],[5741,5742],[5760,5760],[5787,5788],[5867,5869],[5906,5908],[5938,5942],[5970,5971],[6002,6003],[6068,6102],[6104,6107],[6109,6109],[6144,6158],[6313,6313],[6432,6443],[6448,6459],[6464,6464],[6468,6469],[6576,6592],[6600,6601],[6622,6655],[6679,6683],[6686,6687],[6741,6750],[6752,6780],[6783,6783],[6816,6822],[6824,6829],[6912,6916],[6964,6980],[7002,7036],[7040,7042],[7073,7085],[7142,7155],[7164,7167],[7204,7223],[7227,7231],[7294,7295],[7360,7367],[7376,7400],[7405,7405],[7410,7412],[7616,7654],[7676,7679],[8125,8125],[8127,8129],[8141,8143],[8157,8159],[8173,8175],[8189,8190],[8192,8292],[8298,8303],[8314,8318],[8330,8334],[8352,8377],[8400,8432],[8448,8449],[8451,8454],[8456,8457],[8468,8468],[8470,8472],[8478,8483],[8485,8485],[8487,8487],[8489,8489],[8494,8494],[8506,8507],[8512,8516],[8522,8525],[8527,8527],[8592,9203],[9216,9254],[9280,9290],[9372,9449],[9472,9983],[9985,10101],[10132,11084],[11088,11097],[11493,11498],[11503,11505],[11513,11516],[11518,11519],[11632,11632],[11647,11647],[11744,11822],[11824,11835],[11904,11929],[11931,12019],[12032,12245],[12272,12283],[12288,12292],[12296,12320],[12330,12336],[12342,12343],[12349,12351],[12441,12444],[12448,12448],[12539,12539],[12688,12689],[12694,12703],[12736,12771],[12800,12830],[12842,12871],[12880,12880],[12896,12927],[12938,12976],[12992,13054],[13056,13311],[19904,19967],[42128,42182],[42238,42239],[42509,42511],[42607,42622],[42655,42655],[42736,42743],[42752,42774],[42784,42785],[42889,42890],[43010,43010],[43014,43014],[43019,43019],[43043,43051],[43062,43065],[43124,43127],[43136,43137],[43188,43204],[43214,43215],[43232,43249],[43256,43258],[43302,43311],[43335,43347],[43359,43359],[43392,43395],[43443,43469],[43486,43487],[43561,43574],[43587,43587],[43596,43597],[43612,43615],[43639,43641],[43643,43643],[43696,43696],[43698,43700],[43703,43704],[43710,43711],[43713,43713],[43742,43743],[43755,43761],[43765,43766],[44003,44013],[64286,64286],[64297,64297],[64434,64449],[64830,64831],[65020,65021],[65024,65049],[65056,65062],[65072,65106],[65108,65126],[65128,65131],[65279,65279],[65281,65295],[65306,65312],[65339,65344],[65371,65381],[65504,65510],[65512,65518],[65529,65535],[65792,65794],[65847,65855],[65913,65929],[65936,65947],[66000,66045],[66463,66463],[66512,66512],[67671,67671],[67871,67871],[67903,67903],[68097,68099],[68101,68102],[68108,68111],[68152,68154],[68159,68159],[68176,68184],[68223,68223],[68409,68415],[69632,69634],[69688,69709],[69760,69762],[69808,69825],[69888,69890],[69927,69940],[69952,69955],[70016,70018],[70067,70080],[70085,70088],[71339,71351],[74864,74867],[94033,94078],[94095,94098],[118784,119029],[119040,119078],[119081,119261],[119296,119365],[119552,119638],[120513,120513],[120539,120539],[120571,120571],[120597,120597],[120629,120629],[120655,120655],[120687,120687],[120713,120713],[120745,120745],[120771,120771],[126704,126705],[126976,127019],[127024,127123],[127136,127150],[127153,127166],[127169,127183],[127185,127199],[127248,127278],[127280,127339],[127344,127386],[127462,127490],[127504,127546],[127552,127560],[127568,127569],[127744,127776],[127792,127797],[127799,127868],[127872,127891],[127904,127940],[127942,127946],[127968,127984],[128000,128062],[128064,128064],[128066,128247],[128249,128252],[128256,128317],[128320,128323],[128336,128359],[128507,128576],[128581,128591],[128640,128709],[128768,128883],[917505,917505],[917536,917631],[917760,917999]}'::int4multirange THEN ' '
                    WHEN ascii(letter) <@ '{[768,772],[774,780],[783,783],[785,785],[795,795],[803,808],[813,814],[816,817]}'::int4multirange THEN U&'\0300'
                END) AS is_read
                FROM (SELECT DISTINCT letter COLLATE "C" AS letter FROM string_to_table(others, NULL) AS own (letter)) AS own
            ) AS own
            WHERE is_read IS NOT NULL
        );
    END
$$;


--
-- Name: search_parts(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_parts(kind text, title text, text text) RETURNS TABLE(part integer, is_long boolean, first integer, last integer, words tsvector)
    LANGUAGE plpgsql IMMUTABLE STRICT ROWS 1 PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- the parts of an entry: which characters of its text each has, and its words, weighed A in the title, else D
    BEGIN
        RETURN QUERY
        WITH word AS MATERIALIZED (
            SELECT word,
                place + CASE WHEN first > length(title) THEN 1 ELSE 0 END AS place,
                CASE WHEN first > length(title) THEN 'D' ELSE 'A' END AS weight,
                CASE WHEN first > length(title) THEN first - length(title) - 1 END AS first,
                CASE WHEN first > length(title) THEN last - length(title) - 1 END AS last
            FROM public.search_words(title || E'\n' || text)
        ), size AS (
            SELECT greatest(0, max(place) - 32) / 224 AS last_part FROM word
        ), parted AS (
            SELECT *, least((place - 1) / 224, last_part) AS part FROM word, size
            UNION ALL
            SELECT *, (place - 1) / 224 - 1 FROM word, size
            WHERE (place - 1) / 224 BETWEEN 1 AND last_part AND mod(place - 1, 224) < 31
        )
        SELECT part, last_part > 0,
            CASE WHEN part = 0 THEN 1 ELSE coalesce(min(first), 1) END,
            CASE WHEN part = last_part THEN length(text) ELSE coalesce(max(last), 0) END,
            ('#' || kind || string_agg(' ''' || word || ''':' || place - part * 224 || weight, ''))::tsvector
        FROM parted GROUP BY part, last_part;
    END
$$;


--
-- Name: search_phrases(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_phrases(query text) RETURNS TABLE(wanted tsquery)
    LANGUAGE plpgsql IMMUTABLE STRICT ROWS 2 PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- the phrases of a query, each in double quotes: what a part must have for each
    BEGIN
        RETURN QUERY
        SELECT DISTINCT string_agg('''' || word || '''', ' <-> ' ORDER BY place)::tsquery
        FROM string_to_table(query, '"') WITH ORDINALITY AS pieces (piece, at), public.search_words(piece)
        GROUP BY at;
    END
$$;


--
-- Name: search_words(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_words(text text) RETURNS TABLE(place integer, word text, first integer, last integer)
    LANGUAGE plpgsql IMMUTABLE STRICT ROWS 30 PARALLEL SAFE
    AS $$
#variable_conflict use_column
    -- the words of a text in order, each with the places of its first and last characters, from 1
    BEGIN
        RETURN QUERY
        SELECT
            row_number() OVER (ORDER BY at)::int,
            CASE WHEN octet_length(word) > 2046 THEN '#' || md5(word) ELSE word END,
            (stop - length(ltrim(letters, U&'\0300')) + 1)::int,
            stop::int
        FROM (
            SELECT at, letters, replace(letters, U&'\0300', '') AS word,
                sum(length(letters) + 1) OVER (ORDER BY at) - 1 AS stop
            FROM string_to_table(public.search_letters(text), ' ') WITH ORDINALITY AS pieces (letters, at)
        ) AS pieces
        WHERE word <> '';
    END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: actor; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.actor (
    record_key bigint NOT NULL,
    field character varying NOT NULL,
    "position" integer NOT NULL,
    person_key bigint,
    party_key bigint,
    described character varying,
    role character varying,
    delegate_key bigint,
    record_kind character varying NOT NULL,
    CONSTRAINT ck_actor_delegate CHECK (((delegate_key IS NULL) OR (((field)::text = 'speakers'::text) AND (person_key IS NOT NULL)))),
    CONSTRAINT ck_actor_either CHECK ((((
CASE
    WHEN (person_key IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (party_key IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (described IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT ck_actor_field CHECK ((((field)::text = 'parties'::text) OR ((field)::text = 'asserted_by'::text) OR ((field)::text = 'speakers'::text) OR ((field)::text = 'via'::text))),
    CONSTRAINT ck_actor_party_field CHECK ((((field)::text <> 'parties'::text) OR (person_key IS NULL))),
    CONSTRAINT ck_actor_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text))),
    CONSTRAINT ck_actor_role CHECK (((role IS NULL) OR ((role)::text = 'principal'::text) OR ((role)::text = 'mediator'::text) OR ((role)::text = 'guarantor'::text) OR ((role)::text = 'observer'::text) OR ((role)::text = 'witness'::text)))
);


--
-- Name: agenda_item; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agenda_item (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    title character varying NOT NULL,
    outcome character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    outcome_rank integer NOT NULL,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_agenda_item_outcome CHECK ((((outcome)::text = 'agreed'::text) OR ((outcome)::text = 'discussed'::text) OR ((outcome)::text = 'open'::text) OR ((outcome)::text = 'no_agreement'::text) OR ((outcome)::text = 'deferred'::text)))
);


--
-- Name: evidence; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evidence (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    record_key bigint NOT NULL,
    record_kind character varying NOT NULL,
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    basis character varying NOT NULL,
    source_key bigint,
    start_offset integer,
    start_ascending integer NOT NULL,
    start_descending integer NOT NULL,
    end_offset integer,
    words text,
    note text,
    changed_in integer NOT NULL,
    despite text,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    CONSTRAINT ck_evidence_basis CHECK ((((basis)::text = 'stated'::text) OR ((basis)::text = 'inferred'::text))),
    CONSTRAINT ck_evidence_offsets CHECK (((start_offset >= 0) AND (start_offset < end_offset))),
    CONSTRAINT ck_evidence_place CHECK ((((source_key IS NULL) = (words IS NULL)) AND ((source_key IS NULL) = (start_offset IS NULL)) AND ((source_key IS NULL) = (end_offset IS NULL)))),
    CONSTRAINT ck_evidence_reason CHECK (((((basis)::text = 'stated'::text) AND (words IS NOT NULL) AND (note IS NULL)) OR (((basis)::text = 'inferred'::text) AND (note IS NOT NULL)))),
    CONSTRAINT ck_evidence_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text)))
);


--
-- Name: agenda_item_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.agenda_item_entry AS
 SELECT (agenda_item.key + '8796093022208'::bigint) AS key,
    'agenda_item'::text AS kind,
    agenda_item.id,
    agenda_item.title,
    substr(COALESCE(( SELECT string_agg((' · '::text || parts.part), ''::text) AS string_agg
           FROM ( SELECT evidence.words AS part
                   FROM public.evidence
                  WHERE ((evidence.record_key = agenda_item.key) AND (evidence.words IS NOT NULL))
                  ORDER BY evidence."position") parts), ''::text), 4) AS text,
    agenda_item.key AS row_key
   FROM public.agenda_item;


--
-- Name: agreement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agreement (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    commitment character varying NOT NULL,
    commitment_rank integer NOT NULL,
    form character varying NOT NULL,
    agenda_key bigint,
    changed_in integer NOT NULL,
    asserted boolean DEFAULT false NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_agreement_commitment CHECK ((((commitment)::text = 'willingness'::text) OR ((commitment)::text = 'pledged'::text) OR ((commitment)::text = 'in_principle'::text) OR ((commitment)::text = 'agreed'::text) OR ((commitment)::text = 'signed'::text) OR ((commitment)::text = 'implemented'::text))),
    CONSTRAINT ck_agreement_form CHECK ((((form)::text = 'document'::text) OR ((form)::text = 'joint_statement'::text) OR ((form)::text = 'announcement'::text) OR ((form)::text = 'reported'::text)))
);


--
-- Name: agreement_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.agreement_entry AS
 SELECT (agreement.key + '2199023255552'::bigint) AS key,
    'agreement'::text AS kind,
    agreement.id,
    agreement.title,
    agreement.text,
    agreement.key AS row_key
   FROM public.agreement;


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: canonical_record; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.canonical_record (
    id character varying NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL,
    sha256 character varying NOT NULL
);


--
-- Name: change; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.change (
    key bigint NOT NULL,
    version integer NOT NULL,
    change character varying NOT NULL,
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    fields json NOT NULL,
    CONSTRAINT ck_change_change CHECK ((((change)::text = 'added'::text) OR ((change)::text = 'changed'::text) OR ((change)::text = 'removed'::text))),
    CONSTRAINT ck_change_kind CHECK ((((kind)::text = 'meeting'::text) OR ((kind)::text = 'agenda_item'::text) OR ((kind)::text = 'delegate'::text) OR ((kind)::text = 'agreement'::text) OR ((kind)::text = 'quote'::text) OR ((kind)::text = 'person'::text) OR ((kind)::text = 'party'::text) OR ((kind)::text = 'source'::text)))
);


--
-- Name: dataset_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dataset_version (
    number integer NOT NULL,
    digest character varying NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_dataset_version_number CHECK ((number > 0))
);


--
-- Name: definition; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.definition (
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_id character varying NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL,
    CONSTRAINT ck_definition_kind CHECK ((((kind)::text = 'source'::text) OR ((kind)::text = 'party'::text) OR ((kind)::text = 'person'::text)))
);


--
-- Name: delegate; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.delegate (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    person_key bigint,
    described character varying,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    party_key bigint,
    title character varying,
    role character varying NOT NULL,
    role_rank integer NOT NULL,
    attendance character varying,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_delegate_attendance CHECK (((attendance IS NULL) OR ((attendance)::text = 'present'::text) OR ((attendance)::text = 'remote'::text) OR ((attendance)::text = 'absent'::text))),
    CONSTRAINT ck_delegate_either CHECK (((
CASE
    WHEN (person_key IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (described IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT ck_delegate_role CHECK ((((role)::text = 'head'::text) OR ((role)::text = 'member'::text) OR ((role)::text = 'adviser'::text) OR ((role)::text = 'interpreter'::text) OR ((role)::text = 'mediator'::text) OR ((role)::text = 'guarantor'::text) OR ((role)::text = 'observer'::text) OR ((role)::text = 'witness'::text) OR ((role)::text = 'host'::text)))
);


--
-- Name: party; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.party (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL,
    kind_rank integer NOT NULL,
    name character varying NOT NULL,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    other_names json NOT NULL,
    country character varying,
    wikidata character varying,
    meetings integer NOT NULL,
    delegates integer NOT NULL,
    agreements integer NOT NULL,
    quotes integer NOT NULL,
    changed_in integer NOT NULL,
    CONSTRAINT ck_party_counts CHECK (((meetings >= 0) AND (delegates >= 0) AND (agreements >= 0) AND (quotes >= 0))),
    CONSTRAINT ck_party_kind CHECK ((((kind)::text = 'state'::text) OR ((kind)::text = 'organization'::text) OR ((kind)::text = 'fund'::text) OR ((kind)::text = 'armed_group'::text) OR ((kind)::text = 'company'::text)))
);


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    other_names json NOT NULL,
    wikidata character varying,
    meetings integer NOT NULL,
    delegates integer NOT NULL,
    quotes integer NOT NULL,
    changed_in integer NOT NULL,
    CONSTRAINT ck_person_counts CHECK (((meetings >= 0) AND (delegates >= 0) AND (quotes >= 0)))
);


--
-- Name: delegate_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.delegate_entry AS
 SELECT (delegate.key + '1099511627776'::bigint) AS key,
    'delegate'::text AS kind,
    delegate.id,
    COALESCE(person.name, delegate.described) AS title,
    substr(((COALESCE((' · '::text || (delegate.title)::text), ''::text) || COALESCE((' · '::text || (party.name)::text), ''::text)) || COALESCE(( SELECT string_agg((' · '::text || parts.part), ''::text) AS string_agg
           FROM ( SELECT names.value AS part
                   FROM json_array_elements_text(person.other_names) WITH ORDINALITY names(value, key)
                  ORDER BY names.key) parts), ''::text)), 4) AS text,
    delegate.key AS row_key
   FROM ((public.delegate
     LEFT JOIN public.person ON ((person.key = delegate.person_key)))
     LEFT JOIN public.party ON ((party.key = delegate.party_key)));


--
-- Name: meeting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meeting (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    summary character varying,
    status character varying NOT NULL,
    format character varying NOT NULL,
    mode character varying,
    start_date character varying,
    start_ascending character varying NOT NULL COLLATE pg_catalog."C",
    start_descending character varying NOT NULL COLLATE pg_catalog."C",
    end_date character varying,
    first_day character varying COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    duration_value character varying,
    duration_approximate boolean,
    place_city character varying,
    place_country character varying,
    place_wikidata character varying,
    host_key bigint,
    changed_in integer NOT NULL,
    reviewed_by json,
    city_folded character varying COLLATE pg_catalog."C",
    span integer,
    CONSTRAINT ck_meeting_both_days CHECK (((first_day IS NULL) = (last_day IS NULL))),
    CONSTRAINT ck_meeting_days CHECK (((first_day)::text <= (last_day)::text)),
    CONSTRAINT ck_meeting_duration CHECK (((duration_value IS NULL) = (duration_approximate IS NULL))),
    CONSTRAINT ck_meeting_format CHECK ((((format)::text = 'bilateral'::text) OR ((format)::text = 'multilateral'::text) OR ((format)::text = 'mediated'::text))),
    CONSTRAINT ck_meeting_mode CHECK (((mode IS NULL) OR ((mode)::text = 'in_person'::text) OR ((mode)::text = 'remote'::text) OR ((mode)::text = 'hybrid'::text))),
    CONSTRAINT ck_meeting_status CHECK ((((status)::text = 'planned'::text) OR ((status)::text = 'ongoing'::text) OR ((status)::text = 'held'::text) OR ((status)::text = 'cancelled'::text)))
);


--
-- Name: evidence_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.evidence_entry AS
 SELECT (evidence.key + '7696581394432'::bigint) AS key,
    'evidence'::text AS kind,
    evidence.id,
        CASE evidence.record_kind
            WHEN 'meeting'::text THEN (( SELECT meeting.title
               FROM public.meeting
              WHERE (meeting.key = evidence.record_key)))::text
            WHEN 'agenda_item'::text THEN (( SELECT agenda_item.title
               FROM public.agenda_item
              WHERE (agenda_item.key = evidence.record_key)))::text
            WHEN 'delegate'::text THEN (( SELECT COALESCE(person.name, delegate.described) AS "coalesce"
               FROM (public.delegate
                 LEFT JOIN public.person ON ((person.key = delegate.person_key)))
              WHERE (delegate.key = evidence.record_key)))::text
            WHEN 'agreement'::text THEN (( SELECT agreement.title
               FROM public.agreement
              WHERE (agreement.key = evidence.record_key)))::text
            ELSE COALESCE(( SELECT string_agg((names.name)::text, ', '::text) AS string_agg
               FROM ( SELECT COALESCE(person.name, party.name, actor.described) AS name
                       FROM ((public.actor
                         LEFT JOIN public.person ON ((person.key = actor.person_key)))
                         LEFT JOIN public.party ON ((party.key = actor.party_key)))
                      WHERE ((actor.record_key = evidence.record_key) AND ((actor.field)::text = 'speakers'::text))
                      ORDER BY actor."position") names), ''::text)
        END AS title,
    COALESCE(evidence.words, evidence.note) AS text,
    evidence.key AS row_key
   FROM public.evidence;


--
-- Name: evidence_field; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evidence_field (
    evidence_key bigint NOT NULL,
    "position" integer NOT NULL,
    field character varying NOT NULL
);


--
-- Name: list_size; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.list_size (
    name character varying NOT NULL,
    items integer NOT NULL,
    CONSTRAINT ck_list_size_items CHECK ((items >= 0))
);


--
-- Name: record_topic; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.record_topic (
    record_key bigint NOT NULL,
    "position" integer NOT NULL,
    topic_key bigint NOT NULL,
    record_kind character varying NOT NULL,
    CONSTRAINT ck_record_topic_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text)))
);


--
-- Name: topic; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.topic (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: meeting_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.meeting_entry AS
 SELECT (meeting.key + 0) AS key,
    'meeting'::text AS kind,
    meeting.id,
    meeting.title,
    substr(((((COALESCE((' · '::text || (meeting.summary)::text), ''::text) || COALESCE((' · '::text || (meeting.place_city)::text), ''::text)) || COALESCE(( SELECT string_agg((' · '::text || (parts.part)::text), ''::text) AS string_agg
           FROM ( SELECT agenda_item.title AS part
                   FROM public.agenda_item
                  WHERE (agenda_item.meeting_key = meeting.key)
                  ORDER BY agenda_item."position") parts), ''::text)) || COALESCE(( SELECT string_agg((' · '::text || (parts.part)::text), ''::text) AS string_agg
           FROM ( SELECT topic.id AS part
                   FROM (public.record_topic
                     JOIN public.topic ON ((topic.key = record_topic.topic_key)))
                  WHERE (record_topic.record_key = meeting.key)
                  ORDER BY record_topic."position") parts), ''::text)) || COALESCE(( SELECT string_agg((' · '::text || (parts.part)::text), ''::text) AS string_agg
           FROM ( SELECT COALESCE(party.name, actor.described) AS part
                   FROM (public.actor
                     LEFT JOIN public.party ON ((party.key = actor.party_key)))
                  WHERE ((actor.record_key = meeting.key) AND ((actor.field)::text = 'parties'::text))
                  ORDER BY actor."position") parts), ''::text)), 4) AS text,
    meeting.key AS row_key
   FROM public.meeting;


--
-- Name: meeting_source; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meeting_source (
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    source_key bigint NOT NULL
);


--
-- Name: party_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.party_entry AS
 SELECT (party.key + '5497558138880'::bigint) AS key,
    'party'::text AS kind,
    party.id,
    party.name AS title,
    substr(COALESCE(( SELECT string_agg((' · '::text || parts.part), ''::text) AS string_agg
           FROM ( SELECT names.value AS part
                   FROM json_array_elements_text(party.other_names) WITH ORDINALITY names(value, key)
                  ORDER BY names.key) parts), ''::text), 4) AS text,
    party.key AS row_key
   FROM public.party;


--
-- Name: person_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.person_entry AS
 SELECT (person.key + '4398046511104'::bigint) AS key,
    'person'::text AS kind,
    person.id,
    person.name AS title,
    substr(COALESCE(( SELECT string_agg((' · '::text || parts.part), ''::text) AS string_agg
           FROM ( SELECT names.value AS part
                   FROM json_array_elements_text(person.other_names) WITH ORDINALITY names(value, key)
                  ORDER BY names.key) parts), ''::text), 4) AS text,
    person.key AS row_key
   FROM public.person;


--
-- Name: quote; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quote (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    kind character varying NOT NULL,
    kind_rank integer NOT NULL,
    text text NOT NULL,
    speaker_title character varying,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_quote_kind CHECK ((((kind)::text = 'direct'::text) OR ((kind)::text = 'partial'::text) OR ((kind)::text = 'indirect'::text)))
);


--
-- Name: quote_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.quote_entry AS
 SELECT (quote.key + '3298534883328'::bigint) AS key,
    'quote'::text AS kind,
    quote.id,
    COALESCE(( SELECT string_agg((names.name)::text, ', '::text) AS string_agg
           FROM ( SELECT COALESCE(person.name, party.name, actor.described) AS name
                   FROM ((public.actor
                     LEFT JOIN public.person ON ((person.key = actor.person_key)))
                     LEFT JOIN public.party ON ((party.key = actor.party_key)))
                  WHERE ((actor.record_key = quote.key) AND ((actor.field)::text = 'speakers'::text))
                  ORDER BY actor."position") names), ''::text) AS title,
    (quote.text || COALESCE(( SELECT string_agg((' · '::text || own.name), ''::text) AS string_agg
           FROM ( SELECT names.value AS name
                   FROM ((public.actor
                     LEFT JOIN public.person ON ((person.key = actor.person_key)))
                     LEFT JOIN public.party ON ((party.key = actor.party_key))),
                    LATERAL json_array_elements_text(COALESCE(person.other_names, party.other_names)) WITH ORDINALITY names(value, key)
                  WHERE ((actor.record_key = quote.key) AND ((actor.field)::text = 'speakers'::text))
                  ORDER BY actor."position", names.key) own), ''::text)) AS text,
    quote.key AS row_key
   FROM public.quote;


--
-- Name: record; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.record (
    key bigint NOT NULL,
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    CONSTRAINT ck_record_kind CHECK ((((kind)::text = 'meeting'::text) OR ((kind)::text = 'agenda_item'::text) OR ((kind)::text = 'delegate'::text) OR ((kind)::text = 'agreement'::text) OR ((kind)::text = 'quote'::text))),
    CONSTRAINT ck_record_own_meeting CHECK ((((kind)::text <> 'meeting'::text) OR (meeting_key = key)))
);


--
-- Name: search_entry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_entry (
    key bigint NOT NULL,
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    text text NOT NULL,
    CONSTRAINT ck_search_entry_kind CHECK (((((kind)::text = 'meeting'::text) AND ((key / '1099511627776'::bigint) = 0)) OR (((kind)::text = 'delegate'::text) AND ((key / '1099511627776'::bigint) = 1)) OR (((kind)::text = 'agreement'::text) AND ((key / '1099511627776'::bigint) = 2)) OR (((kind)::text = 'quote'::text) AND ((key / '1099511627776'::bigint) = 3)) OR (((kind)::text = 'person'::text) AND ((key / '1099511627776'::bigint) = 4)) OR (((kind)::text = 'party'::text) AND ((key / '1099511627776'::bigint) = 5)) OR (((kind)::text = 'source'::text) AND ((key / '1099511627776'::bigint) = 6)) OR (((kind)::text = 'evidence'::text) AND ((key / '1099511627776'::bigint) = 7)) OR (((kind)::text = 'agenda_item'::text) AND ((key / '1099511627776'::bigint) = 8))))
);


--
-- Name: search_index; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_index (
    key bigint NOT NULL,
    part integer NOT NULL,
    is_long boolean NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    words tsvector NOT NULL
);


--
-- Name: source; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    language character varying NOT NULL,
    publisher character varying,
    author character varying,
    url character varying,
    published_on character varying,
    published_ascending character varying NOT NULL COLLATE pg_catalog."C",
    published_descending character varying NOT NULL COLLATE pg_catalog."C",
    licence character varying,
    access character varying NOT NULL,
    quotation_marks character varying NOT NULL,
    paragraphs character varying,
    cites json NOT NULL,
    sha256 character varying NOT NULL,
    length integer NOT NULL,
    changed_in integer NOT NULL,
    published_last_day character varying COLLATE pg_catalog."C",
    published_span integer,
    CONSTRAINT ck_source_access CHECK ((((access)::text = 'excerpt'::text) OR ((access)::text = 'full'::text))),
    CONSTRAINT ck_source_length CHECK ((length > 0)),
    CONSTRAINT ck_source_paragraphs CHECK (((paragraphs IS NULL) OR ((paragraphs)::text = 'blocks'::text) OR ((paragraphs)::text = 'lines'::text))),
    CONSTRAINT ck_source_quotation_marks CHECK ((((quotation_marks)::text = 'double'::text) OR ((quotation_marks)::text = 'single'::text)))
);


--
-- Name: source_text; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source_text (
    source_key bigint NOT NULL,
    text text NOT NULL
);


--
-- Name: source_entry; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.source_entry AS
 SELECT (source.key + '6597069766656'::bigint) AS key,
    'source'::text AS kind,
    source.id,
    source.title,
    substr(((COALESCE((' · '::text || (source.publisher)::text), ''::text) || COALESCE((' · '::text || (source.author)::text), ''::text)) || COALESCE((' · '::text || ( SELECT source_text.text
           FROM public.source_text
          WHERE ((source_text.source_key = source.key) AND ((source.access)::text = 'full'::text)))), ''::text)), 4) AS text,
    source.key AS row_key
   FROM public.source;


--
-- Name: source_issuer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source_issuer (
    source_key bigint NOT NULL,
    "position" integer NOT NULL,
    party_key bigint NOT NULL
);


--
-- Data for Name: actor; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.actor VALUES (1, 'parties', 0, NULL, 1, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (5, 'parties', 0, NULL, 1, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (5, 'parties', 1, NULL, 2, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (9, 'parties', 0, NULL, 1, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (9, 'parties', 1, NULL, 2, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (9, 'asserted_by', 0, 1, NULL, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (10, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');
INSERT INTO public.actor VALUES (11, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');
INSERT INTO public.actor VALUES (12, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');


--
-- Data for Name: agenda_item; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agenda_item VALUES (6, 'vienna.opening', 5, 0, 'When to open', 'open', 'when to open', 2, 1, '2024-05-06', '2024-05-06', '2024-05-06', 315, 'AUT', 'held', 'bilateral');


--
-- Data for Name: agreement; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agreement VALUES (9, 'vienna.embassies', 5, 'Reopen embassies', 'reopen embassies', 'The two sides agreed to reopen embassies', 'agreed', 3, 'reported', 6, 1, true, '2024-05-06', '2024-05-06', '2024-05-06', 337, 'AUT', 'held', 'bilateral');


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0008');


--
-- Data for Name: canonical_record; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.canonical_record VALUES ('linz', '{"agreements":[],"delegates":[{"evidence":[{"says":["person","role"],"words":"led by Jane Roe"}],"person":"jane-roe","role":"head"}],"meeting":{"agenda":[],"evidence":[{"says":["status","format","parties"],"words":"Utopia met"}],"format":"bilateral","id":"linz","parties":[{"party":"uto","role":"principal"}],"status":"held","title":"Talks","topics":[]},"parties":[{"id":"uto","kind":"state","name":"Utopia","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[],"sources":[{"cites":[],"file":"article.txt","id":"linz-note","issued_by":[],"language":"en","published_on":"2024-05","publisher":"The Linz Note","sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note"}],"status":"reviewed"}', '7d1a84d4a24804aa559607a224ab2def001531102c38898856b4f09a0ac6ad0e');
INSERT INTO public.canonical_record VALUES ('vienna', '{"agreements":[{"agenda":"opening","asserted_by":["jane-roe"],"commitment":"agreed","evidence":[{"says":["commitment"],"words":"agreed to reopen"},{"inferred":"In the article''s own voice.","says":["form","parties"]},{"inferred":"She spoke for both.","says":["asserted_by"]}],"form":"reported","id":"embassies","parties":["uto","rur"],"text":"The two sides agreed to reopen embassies","title":"Reopen embassies","topics":["embassies"]}],"delegates":[{"evidence":[{"says":["person","party","title","role"],"words":"The Utopian side was led by Foreign Minister Jane Roe"}],"party":"uto","person":"jane-roe","role":"head","title":"Foreign Minister"},{"described":"senior officials","evidence":[{"says":["party","role"],"words":"officials of Ruritania sat opposite"}],"id":"officials","party":"rur","role":"member"}],"meeting":{"agenda":[{"evidence":[{"says":["outcome"],"words":"a date is\nstill open"}],"id":"opening","outcome":"open","title":"When to open"}],"duration":{"approximate":false,"value":"PT2H"},"evidence":[{"says":["status","parties"],"words":"Delegations of Utopia and Ruritania met"},{"despite":"They sat on two sides.","inferred":"Two delegations.","says":["format"]},{"says":["place","start_date"],"words":"in Vienna on 6 May 2024"},{"says":["duration"],"words":"for two\nhours"}],"format":"bilateral","id":"vienna","parties":[{"party":"uto","role":"principal"},{"party":"rur","role":"principal"}],"place":{"city":"Vienna","country":"AUT"},"start_date":"2024-05-06","status":"held","title":"Talks at the Café Hawelka","topics":["peace"]},"parties":[{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"]},{"id":"rur","kind":"state","name":"Ruritania","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[{"evidence":[{"says":["speakers"],"words":"Roe said"}],"id":"doors","kind":"direct","speakers":["jane-roe"],"text":"We will open our doors again","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called the talks"},{"says":["speaker_title"],"words":"Foreign Minister Jane Roe"}],"id":"mood","kind":"partial","speaker_title":"Foreign Minister","speakers":["jane-roe"],"text":"frank and friendly","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called"}],"id":"date","kind":"indirect","speakers":["jane-roe"],"text":"a date is still open","topics":[]}],"reviewed_by":[{"name":"Ana Ito","on":"2024-05-07"},{"name":"Ben Sato","on":"2024-06"}],"sources":[{"access":"full","cites":[],"file":"article.txt","id":"gazette","issued_by":[],"language":"en","sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna"}],"status":"reviewed"}', '9607553f5909ac4adc657eec43f2e106637feed6b9784c569eba5fa98c859c62');


--
-- Data for Name: change; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.change VALUES (1, 1, 'added', 'party', 'uto', '[]');
INSERT INTO public.change VALUES (2, 1, 'added', 'person', 'jane-roe', '[]');
INSERT INTO public.change VALUES (3, 1, 'added', 'party', 'rur', '[]');
INSERT INTO public.change VALUES (4, 1, 'added', 'source', 'linz-note', '[]');
INSERT INTO public.change VALUES (5, 1, 'added', 'meeting', 'linz', '[]');
INSERT INTO public.change VALUES (6, 1, 'added', 'delegate', 'linz.jane-roe', '[]');
INSERT INTO public.change VALUES (7, 1, 'added', 'meeting', 'graz', '[]');
INSERT INTO public.change VALUES (8, 1, 'added', 'delegate', 'graz.jane-roe', '[]');
INSERT INTO public.change VALUES (9, 1, 'added', 'source', 'gazette', '[]');
INSERT INTO public.change VALUES (10, 1, 'added', 'meeting', 'vienna', '[]');
INSERT INTO public.change VALUES (11, 1, 'added', 'agenda_item', 'vienna.opening', '[]');
INSERT INTO public.change VALUES (12, 1, 'added', 'delegate', 'vienna.jane-roe', '[]');
INSERT INTO public.change VALUES (13, 1, 'added', 'delegate', 'vienna.officials', '[]');
INSERT INTO public.change VALUES (14, 1, 'added', 'agreement', 'vienna.embassies', '[]');
INSERT INTO public.change VALUES (15, 1, 'added', 'quote', 'vienna.doors', '[]');
INSERT INTO public.change VALUES (16, 1, 'added', 'quote', 'vienna.mood', '[]');
INSERT INTO public.change VALUES (17, 1, 'added', 'quote', 'vienna.date', '[]');
INSERT INTO public.change VALUES (18, 2, 'changed', 'meeting', 'vienna', '["title"]');
INSERT INTO public.change VALUES (19, 3, 'removed', 'delegate', 'graz.jane-roe', '[]');
INSERT INTO public.change VALUES (20, 3, 'removed', 'meeting', 'graz', '[]');


--
-- Data for Name: dataset_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.dataset_version VALUES (1, 'ba2a02c7c5c4d357375355d90c360c2b3f0e7350307f455e104e75fea98dd09a', '2026-11-30 02:15:12.761537+05:30');
INSERT INTO public.dataset_version VALUES (2, 'f8330c590ba02f958befd4eff3627ea5a7d7091e1d341fb31df9ed0f36dda182', '2026-11-30 02:15:14.430013+05:30');
INSERT INTO public.dataset_version VALUES (3, '423fb64de12c9213029ec6b1c88e31ab2a9f742619d90983b52db96743eb414d', '2026-11-30 02:15:16.536492+05:30');


--
-- Data for Name: definition; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.definition VALUES ('source', 'linz-note', 'linz', '{"access":null,"author":null,"cites":[],"id":"linz-note","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":"2024-05","publisher":"The Linz Note","quotation_marks":null,"sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note","url":null}');
INSERT INTO public.definition VALUES ('party', 'uto', 'linz', '{"country":null,"id":"uto","kind":"state","name":"Utopia","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('person', 'jane-roe', 'linz', '{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('source', 'gazette', 'vienna', '{"access":"full","author":null,"cites":[],"id":"gazette","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":null,"publisher":null,"quotation_marks":null,"sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna","url":null}');
INSERT INTO public.definition VALUES ('party', 'uto', 'vienna', '{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"],"wikidata":null}');
INSERT INTO public.definition VALUES ('party', 'rur', 'vienna', '{"country":null,"id":"rur","kind":"state","name":"Ruritania","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('person', 'jane-roe', 'vienna', '{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');


--
-- Data for Name: delegate; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.delegate VALUES (2, 'linz.jane-roe', 1, 1, NULL, 'jane roe', NULL, NULL, 'head', 0, NULL, 1, '9999-99-99', '', NULL, 17, NULL, 'held', 'bilateral');
INSERT INTO public.delegate VALUES (7, 'vienna.jane-roe', 5, 1, NULL, 'jane roe', 1, 'Foreign Minister', 'head', 0, NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 116, 'AUT', 'held', 'bilateral');
INSERT INTO public.delegate VALUES (8, 'vienna.officials', 5, NULL, 'senior officials', 'senior officials', 2, NULL, 'member', 1, NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 171, 'AUT', 'held', 'bilateral');


--
-- Data for Name: evidence; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evidence VALUES (1, 'linz.e7eea16cd7da', 1, 'meeting', 1, 0, 'stated', 1, 0, 0, 0, 10, 'Utopia met', NULL, 1, NULL, '9999-99-99', '', NULL, 0);
INSERT INTO public.evidence VALUES (2, 'linz.jane-roe.36602bcbd392', 2, 'delegate', 1, 0, 'stated', 1, 17, 17, 17, 32, 'led by Jane Roe', NULL, 1, NULL, '9999-99-99', '', NULL, 17);
INSERT INTO public.evidence VALUES (5, 'vienna.b66415ea4119', 5, 'meeting', 5, 0, 'stated', 2, 37, 37, 37, 76, 'Delegations of Utopia and Ruritania met', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 37);
INSERT INTO public.evidence VALUES (6, 'vienna.d39df0112525', 5, 'meeting', 5, 1, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'Two delegations.', 1, 'They sat on two sides.', '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (7, 'vienna.0966fd3c8f1f', 5, 'meeting', 5, 2, 'stated', 2, 77, 77, 77, 100, 'in Vienna on 6 May 2024', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 77);
INSERT INTO public.evidence VALUES (8, 'vienna.a02821cad528', 5, 'meeting', 5, 3, 'stated', 2, 101, 101, 101, 114, 'for two
hours', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 101);
INSERT INTO public.evidence VALUES (9, 'vienna.opening.7c380ac40891', 6, 'agenda_item', 5, 0, 'stated', 2, 315, 315, 315, 335, 'a date is
still open', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 315);
INSERT INTO public.evidence VALUES (10, 'vienna.jane-roe.9aff564199c1', 7, 'delegate', 5, 0, 'stated', 2, 116, 116, 116, 169, 'The Utopian side was led by Foreign Minister Jane Roe', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 116);
INSERT INTO public.evidence VALUES (11, 'vienna.officials.bdb7d56c23a3', 8, 'delegate', 5, 0, 'stated', 2, 178, 178, 178, 213, 'officials of Ruritania sat opposite', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 178);
INSERT INTO public.evidence VALUES (12, 'vienna.officials.b57c5b98b2d9', 8, 'delegate', 5, 1, 'stated', 2, 171, 171, 171, 187, 'senior officials', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 171);
INSERT INTO public.evidence VALUES (13, 'vienna.embassies.482e964892cc', 9, 'agreement', 5, 0, 'stated', 2, 351, 351, 351, 367, 'agreed to reopen', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 351);
INSERT INTO public.evidence VALUES (14, 'vienna.embassies.cc260c51af25', 9, 'agreement', 5, 1, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'In the article''s own voice.', 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (15, 'vienna.embassies.216d72082450', 9, 'agreement', 5, 2, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'She spoke for both.', 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (16, 'vienna.embassies.46d4d2976b34', 9, 'agreement', 5, 3, 'stated', 2, 337, 337, 337, 377, 'The two sides agreed to reopen embassies', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 337);
INSERT INTO public.evidence VALUES (17, 'vienna.doors.37f9a8ecd506', 10, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 256, 'Roe said', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (18, 'vienna.doors.3bfadaacf045', 10, 'quote', 5, 1, 'stated', 2, 217, 217, 217, 245, 'We will open our doors again', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 217);
INSERT INTO public.evidence VALUES (19, 'vienna.mood.62ea44789990', 11, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 278, 'Roe said. She called the talks', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (20, 'vienna.mood.1fe540dd0250', 11, 'quote', 5, 1, 'stated', 2, 144, 144, 144, 169, 'Foreign Minister Jane Roe', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 144);
INSERT INTO public.evidence VALUES (21, 'vienna.mood.2903d6bf4a77', 11, 'quote', 5, 2, 'stated', 2, 280, 280, 280, 298, 'frank and friendly', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 280);
INSERT INTO public.evidence VALUES (22, 'vienna.date.7c77ac6027e8', 12, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 268, 'Roe said. She called', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (23, 'vienna.date.3481722940a2', 12, 'quote', 5, 1, 'stated', 2, 315, 315, 315, 335, 'a date is
still open', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 315);


--
-- Data for Name: evidence_field; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evidence_field VALUES (1, 0, 'status');
INSERT INTO public.evidence_field VALUES (1, 1, 'format');
INSERT INTO public.evidence_field VALUES (1, 2, 'parties');
INSERT INTO public.evidence_field VALUES (2, 0, 'person');
INSERT INTO public.evidence_field VALUES (2, 1, 'role');
INSERT INTO public.evidence_field VALUES (5, 0, 'status');
INSERT INTO public.evidence_field VALUES (5, 1, 'parties');
INSERT INTO public.evidence_field VALUES (6, 0, 'format');
INSERT INTO public.evidence_field VALUES (7, 0, 'place');
INSERT INTO public.evidence_field VALUES (7, 1, 'start_date');
INSERT INTO public.evidence_field VALUES (8, 0, 'duration');
INSERT INTO public.evidence_field VALUES (9, 0, 'outcome');
INSERT INTO public.evidence_field VALUES (10, 0, 'person');
INSERT INTO public.evidence_field VALUES (10, 1, 'party');
INSERT INTO public.evidence_field VALUES (10, 2, 'title');
INSERT INTO public.evidence_field VALUES (10, 3, 'role');
INSERT INTO public.evidence_field VALUES (11, 0, 'party');
INSERT INTO public.evidence_field VALUES (11, 1, 'role');
INSERT INTO public.evidence_field VALUES (12, 0, 'described');
INSERT INTO public.evidence_field VALUES (13, 0, 'commitment');
INSERT INTO public.evidence_field VALUES (14, 0, 'form');
INSERT INTO public.evidence_field VALUES (14, 1, 'parties');
INSERT INTO public.evidence_field VALUES (15, 0, 'asserted_by');
INSERT INTO public.evidence_field VALUES (16, 0, 'text');
INSERT INTO public.evidence_field VALUES (17, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (18, 0, 'text');
INSERT INTO public.evidence_field VALUES (19, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (20, 0, 'speaker_title');
INSERT INTO public.evidence_field VALUES (21, 0, 'text');
INSERT INTO public.evidence_field VALUES (22, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (23, 0, 'text');


--
-- Data for Name: list_size; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.list_size VALUES ('meetings', 2);
INSERT INTO public.list_size VALUES ('delegates', 3);
INSERT INTO public.list_size VALUES ('agreements', 1);
INSERT INTO public.list_size VALUES ('quotes', 3);
INSERT INTO public.list_size VALUES ('people', 1);
INSERT INTO public.list_size VALUES ('parties', 2);
INSERT INTO public.list_size VALUES ('sources', 2);
INSERT INTO public.list_size VALUES ('evidence', 21);
INSERT INTO public.list_size VALUES ('agenda', 1);


--
-- Data for Name: meeting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meeting VALUES (1, 'linz', 'Talks', 'talks', NULL, 'held', 'bilateral', NULL, NULL, '9999-99-99', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.meeting VALUES (5, 'vienna', 'Talks at the Café Hawelka', 'talks at the café hawelka', NULL, 'held', 'bilateral', NULL, '2024-05-06', '2024-05-06', '2024-05-06', NULL, '2024-05-06', '2024-05-06', 'PT2H', false, 'Vienna', 'AUT', NULL, NULL, 2, '[{"name": "Ana Ito", "on": "2024-05-07"}, {"name": "Ben Sato", "on": "2024-06"}]', 'vienna', 0);


--
-- Data for Name: meeting_source; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meeting_source VALUES (1, 0, 1);
INSERT INTO public.meeting_source VALUES (5, 0, 2);


--
-- Data for Name: party; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.party VALUES (2, 'rur', 'state', 0, 'Ruritania', 'ruritania', '[]', NULL, NULL, 1, 1, 1, 0, 1);
INSERT INTO public.party VALUES (1, 'uto', 'state', 0, 'Utopia', 'utopia', '["Utopian"]', 'UTO', NULL, 2, 1, 1, 3, 1);


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person VALUES (1, 'jane-roe', 'Jane Roe', 'jane roe', '[]', NULL, 2, 2, 3, 1);


--
-- Data for Name: quote; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.quote VALUES (10, 'vienna.doors', 5, 'direct', 0, 'We will open our doors again', NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 217, 'AUT', 'held', 'bilateral');
INSERT INTO public.quote VALUES (11, 'vienna.mood', 5, 'partial', 1, 'frank and friendly', 'Foreign Minister', 1, '2024-05-06', '2024-05-06', '2024-05-06', 280, 'AUT', 'held', 'bilateral');
INSERT INTO public.quote VALUES (12, 'vienna.date', 5, 'indirect', 2, 'a date is still open', NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 315, 'AUT', 'held', 'bilateral');


--
-- Data for Name: record; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.record VALUES (1, 'meeting', 'linz', 1);
INSERT INTO public.record VALUES (2, 'delegate', 'linz.jane-roe', 1);
INSERT INTO public.record VALUES (5, 'meeting', 'vienna', 5);
INSERT INTO public.record VALUES (6, 'agenda_item', 'vienna.opening', 5);
INSERT INTO public.record VALUES (7, 'delegate', 'vienna.jane-roe', 5);
INSERT INTO public.record VALUES (8, 'delegate', 'vienna.officials', 5);
INSERT INTO public.record VALUES (9, 'agreement', 'vienna.embassies', 5);
INSERT INTO public.record VALUES (10, 'quote', 'vienna.doors', 5);
INSERT INTO public.record VALUES (11, 'quote', 'vienna.mood', 5);
INSERT INTO public.record VALUES (12, 'quote', 'vienna.date', 5);


--
-- Data for Name: record_topic; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.record_topic VALUES (5, 0, 1, 'meeting');
INSERT INTO public.record_topic VALUES (9, 0, 2, 'agreement');


--
-- Data for Name: search_entry; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.search_entry VALUES (1, 'meeting', 'linz', 'Talks', 'Utopia');
INSERT INTO public.search_entry VALUES (1099511627778, 'delegate', 'linz.jane-roe', 'Jane Roe', '');
INSERT INTO public.search_entry VALUES (1099511627783, 'delegate', 'vienna.jane-roe', 'Jane Roe', 'Foreign Minister · Utopia');
INSERT INTO public.search_entry VALUES (1099511627784, 'delegate', 'vienna.officials', 'senior officials', 'Ruritania');
INSERT INTO public.search_entry VALUES (2199023255561, 'agreement', 'vienna.embassies', 'Reopen embassies', 'The two sides agreed to reopen embassies');
INSERT INTO public.search_entry VALUES (3298534883338, 'quote', 'vienna.doors', 'Jane Roe', 'We will open our doors again');
INSERT INTO public.search_entry VALUES (3298534883339, 'quote', 'vienna.mood', 'Jane Roe', 'frank and friendly');
INSERT INTO public.search_entry VALUES (3298534883340, 'quote', 'vienna.date', 'Jane Roe', 'a date is still open');
INSERT INTO public.search_entry VALUES (4398046511105, 'person', 'jane-roe', 'Jane Roe', '');
INSERT INTO public.search_entry VALUES (5497558138881, 'party', 'uto', 'Utopia', 'Utopian');
INSERT INTO public.search_entry VALUES (5497558138882, 'party', 'rur', 'Ruritania', '');
INSERT INTO public.search_entry VALUES (6597069766657, 'source', 'linz-note', 'A note', 'The Linz Note');
INSERT INTO public.search_entry VALUES (6597069766658, 'source', 'gazette', 'Utopia and Ruritania meet in Vienna', 'Utopia and Ruritania meet in Vienna

Delegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two
hours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.

“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is
still open. The two sides agreed to reopen embassies.

Rudolf, the King, was not there.
');
INSERT INTO public.search_entry VALUES (8796093022214, 'agenda_item', 'vienna.opening', 'When to open', 'a date is
still open');
INSERT INTO public.search_entry VALUES (7696581394433, 'evidence', 'linz.e7eea16cd7da', 'Talks', 'Utopia met');
INSERT INTO public.search_entry VALUES (7696581394434, 'evidence', 'linz.jane-roe.36602bcbd392', 'Jane Roe', 'led by Jane Roe');
INSERT INTO public.search_entry VALUES (7696581394441, 'evidence', 'vienna.opening.7c380ac40891', 'When to open', 'a date is
still open');
INSERT INTO public.search_entry VALUES (7696581394442, 'evidence', 'vienna.jane-roe.9aff564199c1', 'Jane Roe', 'The Utopian side was led by Foreign Minister Jane Roe');
INSERT INTO public.search_entry VALUES (7696581394443, 'evidence', 'vienna.officials.bdb7d56c23a3', 'senior officials', 'officials of Ruritania sat opposite');
INSERT INTO public.search_entry VALUES (7696581394444, 'evidence', 'vienna.officials.b57c5b98b2d9', 'senior officials', 'senior officials');
INSERT INTO public.search_entry VALUES (7696581394445, 'evidence', 'vienna.embassies.482e964892cc', 'Reopen embassies', 'agreed to reopen');
INSERT INTO public.search_entry VALUES (7696581394446, 'evidence', 'vienna.embassies.cc260c51af25', 'Reopen embassies', 'In the article''s own voice.');
INSERT INTO public.search_entry VALUES (7696581394447, 'evidence', 'vienna.embassies.216d72082450', 'Reopen embassies', 'She spoke for both.');
INSERT INTO public.search_entry VALUES (7696581394448, 'evidence', 'vienna.embassies.46d4d2976b34', 'Reopen embassies', 'The two sides agreed to reopen embassies');
INSERT INTO public.search_entry VALUES (7696581394449, 'evidence', 'vienna.doors.37f9a8ecd506', 'Jane Roe', 'Roe said');
INSERT INTO public.search_entry VALUES (7696581394450, 'evidence', 'vienna.doors.3bfadaacf045', 'Jane Roe', 'We will open our doors again');
INSERT INTO public.search_entry VALUES (7696581394451, 'evidence', 'vienna.mood.62ea44789990', 'Jane Roe', 'Roe said. She called the talks');
INSERT INTO public.search_entry VALUES (7696581394452, 'evidence', 'vienna.mood.1fe540dd0250', 'Jane Roe', 'Foreign Minister Jane Roe');
INSERT INTO public.search_entry VALUES (7696581394453, 'evidence', 'vienna.mood.2903d6bf4a77', 'Jane Roe', 'frank and friendly');
INSERT INTO public.search_entry VALUES (7696581394454, 'evidence', 'vienna.date.7c77ac6027e8', 'Jane Roe', 'Roe said. She called');
INSERT INTO public.search_entry VALUES (7696581394455, 'evidence', 'vienna.date.3481722940a2', 'Jane Roe', 'a date is
still open');
INSERT INTO public.search_entry VALUES (5, 'meeting', 'vienna', 'Talks at the Café Hawelka', 'Vienna · When to open · peace · Utopia · Ruritania');
INSERT INTO public.search_entry VALUES (7696581394437, 'evidence', 'vienna.b66415ea4119', 'Talks at the Café Hawelka', 'Delegations of Utopia and Ruritania met');
INSERT INTO public.search_entry VALUES (7696581394438, 'evidence', 'vienna.d39df0112525', 'Talks at the Café Hawelka', 'Two delegations.');
INSERT INTO public.search_entry VALUES (7696581394439, 'evidence', 'vienna.0966fd3c8f1f', 'Talks at the Café Hawelka', 'in Vienna on 6 May 2024');
INSERT INTO public.search_entry VALUES (7696581394440, 'evidence', 'vienna.a02821cad528', 'Talks at the Café Hawelka', 'for two
hours');


--
-- Data for Name: search_index; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.search_index VALUES (1, 0, false, 1, 6, '''#meeting'' ''talks'':1A ''utopia'':3');
INSERT INTO public.search_index VALUES (1099511627778, 0, false, 1, 0, '''#delegate'' ''jane'':1A ''roe'':2A');
INSERT INTO public.search_index VALUES (1099511627783, 0, false, 1, 25, '''#delegate'' ''foreign'':4 ''jane'':1A ''minister'':5 ''roe'':2A ''utopia'':6');
INSERT INTO public.search_index VALUES (1099511627784, 0, false, 1, 9, '''#delegate'' ''officials'':2A ''ruritania'':4 ''senior'':1A');
INSERT INTO public.search_index VALUES (2199023255561, 0, false, 1, 40, '''#agreement'' ''agreed'':7 ''embassies'':2A,10 ''reopen'':1A,9 ''sides'':6 ''the'':4 ''to'':8 ''two'':5');
INSERT INTO public.search_index VALUES (3298534883338, 0, false, 1, 28, '''#quote'' ''again'':9 ''doors'':8 ''jane'':1A ''open'':6 ''our'':7 ''roe'':2A ''we'':4 ''will'':5');
INSERT INTO public.search_index VALUES (3298534883339, 0, false, 1, 18, '''#quote'' ''and'':5 ''frank'':4 ''friendly'':6 ''jane'':1A ''roe'':2A');
INSERT INTO public.search_index VALUES (3298534883340, 0, false, 1, 20, '''#quote'' ''a'':4 ''date'':5 ''is'':6 ''jane'':1A ''open'':8 ''roe'':2A ''still'':7');
INSERT INTO public.search_index VALUES (4398046511105, 0, false, 1, 0, '''#person'' ''jane'':1A ''roe'':2A');
INSERT INTO public.search_index VALUES (5497558138881, 0, false, 1, 7, '''#party'' ''utopia'':1A ''utopian'':3');
INSERT INTO public.search_index VALUES (5497558138882, 0, false, 1, 0, '''#party'' ''ruritania'':1A');
INSERT INTO public.search_index VALUES (6597069766657, 0, false, 1, 13, '''#source'' ''a'':1A ''linz'':5 ''note'':2A,6 ''the'':4');
INSERT INTO public.search_index VALUES (6597069766658, 0, false, 1, 413, '''#source'' ''2024'':25 ''6'':23 ''a'':63 ''again'':50 ''agreed'':71 ''and'':2A,9,17,58,60 ''by'':34 ''called'':54 ''date'':64 ''delegations'':14 ''doors'':49 ''embassies'':74 ''for'':26 ''foreign'':35 ''frank'':57 ''friendly'':59 ''hours'':28 ''in'':5A,12,20 ''is'':65 ''jane'':37 ''king'':77 ''led'':33 ''may'':24 ''meet'':4A,11 ''met'':19 ''minister'':36 ''not'':79 ''noted'':61 ''of'':15,41 ''officials'':40 ''on'':22 ''open'':47,67 ''opposite'':44 ''our'':48 ''reopen'':73 ''roe'':38,51 ''rudolf'':75 ''ruritania'':3A,10,18,42 ''said'':52 ''sat'':43 ''senior'':39 ''she'':53 ''side'':31 ''sides'':70 ''still'':66 ''talks'':56 ''that'':62 ''the'':29,55,68,76 ''there'':80 ''to'':72 ''two'':27,69 ''utopia'':1A,8,16 ''utopian'':30 ''vienna'':6A,13,21 ''was'':32,78 ''we'':45 ''will'':46');
INSERT INTO public.search_index VALUES (8796093022214, 0, false, 1, 20, '''#agenda_item'' ''a'':5 ''date'':6 ''is'':7 ''open'':3A,9 ''still'':8 ''to'':2A ''when'':1A');
INSERT INTO public.search_index VALUES (7696581394433, 0, false, 1, 10, '''#evidence'' ''met'':4 ''talks'':1A ''utopia'':3');
INSERT INTO public.search_index VALUES (7696581394434, 0, false, 1, 15, '''#evidence'' ''by'':5 ''jane'':1A,6 ''led'':4 ''roe'':2A,7');
INSERT INTO public.search_index VALUES (7696581394441, 0, false, 1, 20, '''#evidence'' ''a'':5 ''date'':6 ''is'':7 ''open'':3A,9 ''still'':8 ''to'':2A ''when'':1A');
INSERT INTO public.search_index VALUES (7696581394442, 0, false, 1, 53, '''#evidence'' ''by'':9 ''foreign'':10 ''jane'':1A,12 ''led'':8 ''minister'':11 ''roe'':2A,13 ''side'':6 ''the'':4 ''utopian'':5 ''was'':7');
INSERT INTO public.search_index VALUES (7696581394443, 0, false, 1, 35, '''#evidence'' ''of'':5 ''officials'':2A,4 ''opposite'':8 ''ruritania'':6 ''sat'':7 ''senior'':1A');
INSERT INTO public.search_index VALUES (7696581394444, 0, false, 1, 16, '''#evidence'' ''officials'':2A,5 ''senior'':1A,4');
INSERT INTO public.search_index VALUES (7696581394445, 0, false, 1, 16, '''#evidence'' ''agreed'':4 ''embassies'':2A ''reopen'':1A,6 ''to'':5');
INSERT INTO public.search_index VALUES (7696581394446, 0, false, 1, 27, '''#evidence'' ''article'':6 ''embassies'':2A ''in'':4 ''own'':8 ''reopen'':1A ''s'':7 ''the'':5 ''voice'':9');
INSERT INTO public.search_index VALUES (7696581394447, 0, false, 1, 19, '''#evidence'' ''both'':7 ''embassies'':2A ''for'':6 ''reopen'':1A ''she'':4 ''spoke'':5');
INSERT INTO public.search_index VALUES (7696581394448, 0, false, 1, 40, '''#evidence'' ''agreed'':7 ''embassies'':2A,10 ''reopen'':1A,9 ''sides'':6 ''the'':4 ''to'':8 ''two'':5');
INSERT INTO public.search_index VALUES (7696581394449, 0, false, 1, 8, '''#evidence'' ''jane'':1A ''roe'':2A,4 ''said'':5');
INSERT INTO public.search_index VALUES (7696581394450, 0, false, 1, 28, '''#evidence'' ''again'':9 ''doors'':8 ''jane'':1A ''open'':6 ''our'':7 ''roe'':2A ''we'':4 ''will'':5');
INSERT INTO public.search_index VALUES (7696581394451, 0, false, 1, 30, '''#evidence'' ''called'':7 ''jane'':1A ''roe'':2A,4 ''said'':5 ''she'':6 ''talks'':9 ''the'':8');
INSERT INTO public.search_index VALUES (7696581394452, 0, false, 1, 25, '''#evidence'' ''foreign'':4 ''jane'':1A,6 ''minister'':5 ''roe'':2A,7');
INSERT INTO public.search_index VALUES (7696581394453, 0, false, 1, 18, '''#evidence'' ''and'':5 ''frank'':4 ''friendly'':6 ''jane'':1A ''roe'':2A');
INSERT INTO public.search_index VALUES (7696581394454, 0, false, 1, 20, '''#evidence'' ''called'':7 ''jane'':1A ''roe'':2A,4 ''said'':5 ''she'':6');
INSERT INTO public.search_index VALUES (7696581394455, 0, false, 1, 20, '''#evidence'' ''a'':4 ''date'':5 ''is'':6 ''jane'':1A ''open'':8 ''roe'':2A ''still'':7');
INSERT INTO public.search_index VALUES (5, 0, false, 1, 50, '''#meeting'' ''at'':2A ''cafe'':4A ''hawelka'':5A ''open'':10 ''peace'':11 ''ruritania'':13 ''talks'':1A ''the'':3A ''to'':9 ''utopia'':12 ''vienna'':7 ''when'':8');
INSERT INTO public.search_index VALUES (7696581394437, 0, false, 1, 39, '''#evidence'' ''and'':10 ''at'':2A ''cafe'':4A ''delegations'':7 ''hawelka'':5A ''met'':12 ''of'':8 ''ruritania'':11 ''talks'':1A ''the'':3A ''utopia'':9');
INSERT INTO public.search_index VALUES (7696581394438, 0, false, 1, 16, '''#evidence'' ''at'':2A ''cafe'':4A ''delegations'':8 ''hawelka'':5A ''talks'':1A ''the'':3A ''two'':7');
INSERT INTO public.search_index VALUES (7696581394439, 0, false, 1, 23, '''#evidence'' ''2024'':12 ''6'':10 ''at'':2A ''cafe'':4A ''hawelka'':5A ''in'':7 ''may'':11 ''on'':9 ''talks'':1A ''the'':3A ''vienna'':8');
INSERT INTO public.search_index VALUES (7696581394440, 0, false, 1, 13, '''#evidence'' ''at'':2A ''cafe'':4A ''for'':7 ''hawelka'':5A ''hours'':9 ''talks'':1A ''the'':3A ''two'':8');


--
-- Data for Name: source; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.source VALUES (2, 'gazette', 'Utopia and Ruritania meet in Vienna', 'utopia and ruritania meet in vienna', 'en', NULL, NULL, NULL, NULL, '9999-99-99', '', NULL, 'full', 'double', NULL, '[]', '82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9', 413, 1, NULL, NULL);
INSERT INTO public.source VALUES (1, 'linz-note', 'A note', 'a note', 'en', 'The Linz Note', NULL, NULL, '2024-05', '2024-05-01', '2024-05-01', NULL, 'excerpt', 'double', NULL, '[]', '0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd', 34, 1, '2024-05-31', 30);


--
-- Data for Name: source_issuer; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: source_text; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.source_text VALUES (1, 'Utopia met them, led by Jane Roe.
');
INSERT INTO public.source_text VALUES (2, 'Utopia and Ruritania meet in Vienna

Delegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two
hours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.

“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is
still open. The two sides agreed to reopen embassies.

Rudolf, the King, was not there.
');


--
-- Data for Name: topic; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.topic VALUES (1, 'peace');
INSERT INTO public.topic VALUES (2, 'embassies');


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: actor pk_actor; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT pk_actor PRIMARY KEY (record_key, field, "position");


--
-- Name: agenda_item pk_agenda_item; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT pk_agenda_item PRIMARY KEY (key);


--
-- Name: agreement pk_agreement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT pk_agreement PRIMARY KEY (key);


--
-- Name: canonical_record pk_canonical_record; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.canonical_record
    ADD CONSTRAINT pk_canonical_record PRIMARY KEY (id);


--
-- Name: change pk_change; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (key);


--
-- Name: dataset_version pk_dataset_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT pk_dataset_version PRIMARY KEY (number);


--
-- Name: definition pk_definition; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.definition
    ADD CONSTRAINT pk_definition PRIMARY KEY (kind, id, meeting_id);


--
-- Name: delegate pk_delegate; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT pk_delegate PRIMARY KEY (key);


--
-- Name: evidence pk_evidence; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (key);


--
-- Name: evidence_field pk_evidence_field; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence_field
    ADD CONSTRAINT pk_evidence_field PRIMARY KEY (evidence_key, "position");


--
-- Name: list_size pk_list_size; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_size
    ADD CONSTRAINT pk_list_size PRIMARY KEY (name);


--
-- Name: meeting pk_meeting; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT pk_meeting PRIMARY KEY (key);


--
-- Name: meeting_source pk_meeting_source; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT pk_meeting_source PRIMARY KEY (meeting_key, "position");


--
-- Name: party pk_party; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT pk_party PRIMARY KEY (key);


--
-- Name: person pk_person; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (key);


--
-- Name: quote pk_quote; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT pk_quote PRIMARY KEY (key);


--
-- Name: record pk_record; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT pk_record PRIMARY KEY (key);


--
-- Name: record_topic pk_record_topic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT pk_record_topic PRIMARY KEY (record_key, "position");


--
-- Name: search_entry pk_search_entry; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_entry
    ADD CONSTRAINT pk_search_entry PRIMARY KEY (key);


--
-- Name: search_index pk_search_index; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.search_index
    ADD CONSTRAINT pk_search_index PRIMARY KEY (key, part);


--
-- Name: source pk_source; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT pk_source PRIMARY KEY (key);


--
-- Name: source_issuer pk_source_issuer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT pk_source_issuer PRIMARY KEY (source_key, "position");


--
-- Name: source_text pk_source_text; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_text
    ADD CONSTRAINT pk_source_text PRIMARY KEY (source_key);


--
-- Name: topic pk_topic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.topic
    ADD CONSTRAINT pk_topic PRIMARY KEY (key);


--
-- Name: agenda_item uq_agenda_item_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT uq_agenda_item_id UNIQUE (id);


--
-- Name: agreement uq_agreement_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT uq_agreement_id UNIQUE (id);


--
-- Name: delegate uq_delegate_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT uq_delegate_id UNIQUE (id);


--
-- Name: evidence uq_evidence_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT uq_evidence_id UNIQUE (id);


--
-- Name: meeting uq_meeting_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT uq_meeting_id UNIQUE (id);


--
-- Name: meeting_source uq_meeting_source_source_key_meeting_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT uq_meeting_source_source_key_meeting_key UNIQUE (source_key, meeting_key);


--
-- Name: party uq_party_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT uq_party_id UNIQUE (id);


--
-- Name: person uq_person_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_id UNIQUE (id);


--
-- Name: quote uq_quote_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT uq_quote_id UNIQUE (id);


--
-- Name: record uq_record_kind_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT uq_record_kind_id UNIQUE (kind, id);


--
-- Name: record_topic uq_record_topic_topic_key_record_kind_record_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT uq_record_topic_topic_key_record_kind_record_key UNIQUE (topic_key, record_kind, record_key);


--
-- Name: source uq_source_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT uq_source_id UNIQUE (id);


--
-- Name: source_issuer uq_source_issuer_source_key_party_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT uq_source_issuer_source_key_party_key UNIQUE (source_key, party_key);


--
-- Name: topic uq_topic_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.topic
    ADD CONSTRAINT uq_topic_id UNIQUE (id);


--
-- Name: ix_actor_delegate_key_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_delegate_key_record_key ON public.actor USING btree (delegate_key, record_key);


--
-- Name: ix_actor_party_key_field_record_kind_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_party_key_field_record_kind_record_key ON public.actor USING btree (party_key, field, record_kind, record_key);


--
-- Name: ix_actor_person_key_field_record_kind_delegate_key_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_person_key_field_record_kind_delegate_key_record_key ON public.actor USING btree (person_key, field, record_kind, delegate_key, record_key);


--
-- Name: ix_agenda_item_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_changed_in_desc_id ON public.agenda_item USING btree (changed_in DESC, id);


--
-- Name: ix_agenda_item_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_changed_in_id ON public.agenda_item USING btree (changed_in, id);


--
-- Name: ix_agenda_item_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_date_ascending_id ON public.agenda_item USING btree (date_ascending, id);


--
-- Name: ix_agenda_item_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_date_descending_desc_id ON public.agenda_item USING btree (date_descending DESC, id);


--
-- Name: ix_agenda_item_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_last_day ON public.agenda_item USING btree (last_day);


--
-- Name: ix_agenda_item_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_country ON public.agenda_item USING btree (meeting_country);


--
-- Name: ix_agenda_item_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_format ON public.agenda_item USING btree (meeting_format);


--
-- Name: ix_agenda_item_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_key_place ON public.agenda_item USING btree (meeting_key, place);


--
-- Name: ix_agenda_item_meeting_key_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_key_position ON public.agenda_item USING btree (meeting_key, "position");


--
-- Name: ix_agenda_item_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_status ON public.agenda_item USING btree (meeting_status);


--
-- Name: ix_agenda_item_outcome_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_outcome_rank_desc_id ON public.agenda_item USING btree (outcome_rank DESC, id);


--
-- Name: ix_agenda_item_outcome_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_outcome_rank_id ON public.agenda_item USING btree (outcome_rank, id);


--
-- Name: ix_agenda_item_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_title_sort_desc_id ON public.agenda_item USING btree (title_sort DESC, id);


--
-- Name: ix_agenda_item_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_title_sort_id ON public.agenda_item USING btree (title_sort, id);


--
-- Name: ix_agreement_agenda_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_agenda_key ON public.agreement USING btree (agenda_key);


--
-- Name: ix_agreement_asserted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_asserted ON public.agreement USING btree (asserted);


--
-- Name: ix_agreement_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_changed_in_desc_id ON public.agreement USING btree (changed_in DESC, id);


--
-- Name: ix_agreement_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_changed_in_id ON public.agreement USING btree (changed_in, id);


--
-- Name: ix_agreement_commitment_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_commitment_rank_desc_id ON public.agreement USING btree (commitment_rank DESC, id);


--
-- Name: ix_agreement_commitment_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_commitment_rank_id ON public.agreement USING btree (commitment_rank, id);


--
-- Name: ix_agreement_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_date_ascending_id ON public.agreement USING btree (date_ascending, id);


--
-- Name: ix_agreement_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_date_descending_desc_id ON public.agreement USING btree (date_descending DESC, id);


--
-- Name: ix_agreement_form; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_form ON public.agreement USING btree (form);


--
-- Name: ix_agreement_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_last_day ON public.agreement USING btree (last_day);


--
-- Name: ix_agreement_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_country ON public.agreement USING btree (meeting_country);


--
-- Name: ix_agreement_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_format ON public.agreement USING btree (meeting_format);


--
-- Name: ix_agreement_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_key_place ON public.agreement USING btree (meeting_key, place);


--
-- Name: ix_agreement_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_status ON public.agreement USING btree (meeting_status);


--
-- Name: ix_agreement_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_title_sort_desc_id ON public.agreement USING btree (title_sort DESC, id);


--
-- Name: ix_agreement_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_title_sort_id ON public.agreement USING btree (title_sort, id);


--
-- Name: ix_change_kind_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_change_kind_id_key ON public.change USING btree (kind, id, key);


--
-- Name: ix_change_version_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_change_version_key ON public.change USING btree (version, key);


--
-- Name: ix_definition_meeting_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_definition_meeting_id ON public.definition USING btree (meeting_id);


--
-- Name: ix_delegate_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_changed_in_desc_id ON public.delegate USING btree (changed_in DESC, id);


--
-- Name: ix_delegate_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_changed_in_id ON public.delegate USING btree (changed_in, id);


--
-- Name: ix_delegate_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_date_ascending_id ON public.delegate USING btree (date_ascending, id);


--
-- Name: ix_delegate_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_date_descending_desc_id ON public.delegate USING btree (date_descending DESC, id);


--
-- Name: ix_delegate_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_last_day ON public.delegate USING btree (last_day);


--
-- Name: ix_delegate_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_country ON public.delegate USING btree (meeting_country);


--
-- Name: ix_delegate_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_format ON public.delegate USING btree (meeting_format);


--
-- Name: ix_delegate_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_key_place ON public.delegate USING btree (meeting_key, place);


--
-- Name: ix_delegate_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_status ON public.delegate USING btree (meeting_status);


--
-- Name: ix_delegate_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_name_sort_desc_id ON public.delegate USING btree (name_sort DESC, id);


--
-- Name: ix_delegate_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_name_sort_id ON public.delegate USING btree (name_sort, id);


--
-- Name: ix_delegate_party_key_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_name_sort_desc_id ON public.delegate USING btree (party_key, name_sort DESC, id);


--
-- Name: ix_delegate_party_key_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_name_sort_id ON public.delegate USING btree (party_key, name_sort, id);


--
-- Name: ix_delegate_party_key_person_key_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_person_key_meeting_key ON public.delegate USING btree (party_key, person_key, meeting_key);


--
-- Name: ix_delegate_person_key_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_meeting_key ON public.delegate USING btree (person_key, meeting_key);


--
-- Name: ix_delegate_person_key_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_name_sort_desc_id ON public.delegate USING btree (person_key, name_sort DESC, id);


--
-- Name: ix_delegate_person_key_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_name_sort_id ON public.delegate USING btree (person_key, name_sort, id);


--
-- Name: ix_delegate_role_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_role_rank_desc_id ON public.delegate USING btree (role_rank DESC, id);


--
-- Name: ix_delegate_role_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_role_rank_id ON public.delegate USING btree (role_rank, id);


--
-- Name: ix_evidence_basis_record_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_basis_record_kind ON public.evidence USING btree (basis, record_kind);


--
-- Name: ix_evidence_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_changed_in_desc_id ON public.evidence USING btree (changed_in DESC, id);


--
-- Name: ix_evidence_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_changed_in_id ON public.evidence USING btree (changed_in, id);


--
-- Name: ix_evidence_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_date_ascending_id ON public.evidence USING btree (date_ascending, id);


--
-- Name: ix_evidence_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_date_descending_desc_id ON public.evidence USING btree (date_descending DESC, id);


--
-- Name: ix_evidence_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_last_day ON public.evidence USING btree (last_day);


--
-- Name: ix_evidence_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_meeting_key_place ON public.evidence USING btree (meeting_key, place);


--
-- Name: ix_evidence_record_key_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_key_position ON public.evidence USING btree (record_key, "position");


--
-- Name: ix_evidence_record_kind_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_kind_start_ascending_id ON public.evidence USING btree (record_kind, start_ascending, id);


--
-- Name: ix_evidence_record_kind_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_kind_start_descending_desc_id ON public.evidence USING btree (record_kind, start_descending DESC, id);


--
-- Name: ix_evidence_source_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_source_key ON public.evidence USING btree (source_key);


--
-- Name: ix_evidence_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_start_ascending_id ON public.evidence USING btree (start_ascending, id);


--
-- Name: ix_evidence_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_start_descending_desc_id ON public.evidence USING btree (start_descending DESC, id);


--
-- Name: ix_meeting_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_changed_in_desc_id ON public.meeting USING btree (changed_in DESC, id);


--
-- Name: ix_meeting_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_changed_in_id ON public.meeting USING btree (changed_in, id);


--
-- Name: ix_meeting_city_folded; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_city_folded ON public.meeting USING btree (city_folded);


--
-- Name: ix_meeting_first_day_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_first_day_last_day ON public.meeting USING btree (first_day, last_day);


--
-- Name: ix_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_format ON public.meeting USING btree (format);


--
-- Name: ix_meeting_host_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_host_key ON public.meeting USING btree (host_key);


--
-- Name: ix_meeting_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_last_day ON public.meeting USING btree (last_day);


--
-- Name: ix_meeting_mode; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_mode ON public.meeting USING btree (mode);


--
-- Name: ix_meeting_place_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_place_country ON public.meeting USING btree (place_country);


--
-- Name: ix_meeting_place_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_place_wikidata ON public.meeting USING btree (place_wikidata);


--
-- Name: ix_meeting_span; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_span ON public.meeting USING btree (span);


--
-- Name: ix_meeting_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_start_ascending_id ON public.meeting USING btree (start_ascending, id);


--
-- Name: ix_meeting_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_start_descending_desc_id ON public.meeting USING btree (start_descending DESC, id);


--
-- Name: ix_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_status ON public.meeting USING btree (status);


--
-- Name: ix_meeting_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_title_sort_desc_id ON public.meeting USING btree (title_sort DESC, id);


--
-- Name: ix_meeting_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_title_sort_id ON public.meeting USING btree (title_sort, id);


--
-- Name: ix_party_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_changed_in_desc_id ON public.party USING btree (changed_in DESC, id);


--
-- Name: ix_party_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_changed_in_id ON public.party USING btree (changed_in, id);


--
-- Name: ix_party_kind_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_kind_rank_desc_id ON public.party USING btree (kind_rank DESC, id);


--
-- Name: ix_party_kind_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_kind_rank_id ON public.party USING btree (kind_rank, id);


--
-- Name: ix_party_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_name_sort_desc_id ON public.party USING btree (name_sort DESC, id);


--
-- Name: ix_party_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_name_sort_id ON public.party USING btree (name_sort, id);


--
-- Name: ix_party_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_wikidata ON public.party USING btree (wikidata);


--
-- Name: ix_person_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_changed_in_desc_id ON public.person USING btree (changed_in DESC, id);


--
-- Name: ix_person_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_changed_in_id ON public.person USING btree (changed_in, id);


--
-- Name: ix_person_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_name_sort_desc_id ON public.person USING btree (name_sort DESC, id);


--
-- Name: ix_person_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_name_sort_id ON public.person USING btree (name_sort, id);


--
-- Name: ix_person_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_wikidata ON public.person USING btree (wikidata);


--
-- Name: ix_quote_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_changed_in_desc_id ON public.quote USING btree (changed_in DESC, id);


--
-- Name: ix_quote_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_changed_in_id ON public.quote USING btree (changed_in, id);


--
-- Name: ix_quote_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_date_ascending_id ON public.quote USING btree (date_ascending, id);


--
-- Name: ix_quote_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_date_descending_desc_id ON public.quote USING btree (date_descending DESC, id);


--
-- Name: ix_quote_kind_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_kind_rank_desc_id ON public.quote USING btree (kind_rank DESC, id);


--
-- Name: ix_quote_kind_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_kind_rank_id ON public.quote USING btree (kind_rank, id);


--
-- Name: ix_quote_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_last_day ON public.quote USING btree (last_day);


--
-- Name: ix_quote_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_country ON public.quote USING btree (meeting_country);


--
-- Name: ix_quote_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_format ON public.quote USING btree (meeting_format);


--
-- Name: ix_quote_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_key_place ON public.quote USING btree (meeting_key, place);


--
-- Name: ix_quote_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_status ON public.quote USING btree (meeting_status);


--
-- Name: ix_record_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_record_id ON public.record USING btree (id);


--
-- Name: ix_record_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_record_meeting_key ON public.record USING btree (meeting_key);


--
-- Name: ix_search_index_words; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_search_index_words ON public.search_index USING gin (words);


--
-- Name: ix_search_index_words_of_long; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_search_index_words_of_long ON public.search_index USING gin (words) WHERE is_long;


--
-- Name: ix_source_access; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_access ON public.source USING btree (access);


--
-- Name: ix_source_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_changed_in_desc_id ON public.source USING btree (changed_in DESC, id);


--
-- Name: ix_source_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_changed_in_id ON public.source USING btree (changed_in, id);


--
-- Name: ix_source_issuer_party_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_issuer_party_key ON public.source_issuer USING btree (party_key);


--
-- Name: ix_source_language; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_language ON public.source USING btree (language);


--
-- Name: ix_source_published_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_ascending_id ON public.source USING btree (published_ascending, id);


--
-- Name: ix_source_published_ascending_published_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_ascending_published_last_day ON public.source USING btree (published_ascending, published_last_day);


--
-- Name: ix_source_published_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_descending_desc_id ON public.source USING btree (published_descending DESC, id);


--
-- Name: ix_source_published_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_last_day ON public.source USING btree (published_last_day);


--
-- Name: ix_source_published_span; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_span ON public.source USING btree (published_span);


--
-- Name: ix_source_publisher; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_publisher ON public.source USING btree (publisher);


--
-- Name: ix_source_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_title_sort_desc_id ON public.source USING btree (title_sort DESC, id);


--
-- Name: ix_source_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_title_sort_id ON public.source USING btree (title_sort, id);


--
-- Name: search_entry search_entry_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_entry_delete AFTER DELETE ON public.search_entry REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.search_index_follow();


--
-- Name: search_entry search_entry_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_entry_insert AFTER INSERT ON public.search_entry REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION public.search_index_follow();


--
-- Name: search_entry search_entry_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER search_entry_update AFTER UPDATE ON public.search_entry REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION public.search_index_follow();


--
-- Name: actor fk_actor_delegate_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_delegate_key FOREIGN KEY (delegate_key) REFERENCES public.delegate(key);


--
-- Name: actor fk_actor_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: actor fk_actor_person_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_person_key FOREIGN KEY (person_key) REFERENCES public.person(key);


--
-- Name: actor fk_actor_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: agenda_item fk_agenda_item_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: agenda_item fk_agenda_item_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: agenda_item fk_agenda_item_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: agreement fk_agreement_agenda_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_agenda_key FOREIGN KEY (agenda_key) REFERENCES public.agenda_item(key);


--
-- Name: agreement fk_agreement_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: agreement fk_agreement_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: agreement fk_agreement_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: change fk_change_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change
    ADD CONSTRAINT fk_change_version FOREIGN KEY (version) REFERENCES public.dataset_version(number);


--
-- Name: delegate fk_delegate_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: delegate fk_delegate_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: delegate fk_delegate_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: delegate fk_delegate_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: delegate fk_delegate_person_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_person_key FOREIGN KEY (person_key) REFERENCES public.person(key);


--
-- Name: evidence fk_evidence_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: evidence_field fk_evidence_field_evidence_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence_field
    ADD CONSTRAINT fk_evidence_field_evidence_key FOREIGN KEY (evidence_key) REFERENCES public.evidence(key);


--
-- Name: evidence fk_evidence_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: evidence fk_evidence_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: evidence fk_evidence_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: meeting fk_meeting_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: meeting fk_meeting_host_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_host_key FOREIGN KEY (host_key) REFERENCES public.party(key);


--
-- Name: meeting fk_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: meeting_source fk_meeting_source_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT fk_meeting_source_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: meeting_source fk_meeting_source_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT fk_meeting_source_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: party fk_party_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT fk_party_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: person fk_person_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: quote fk_quote_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: quote fk_quote_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: quote fk_quote_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: record fk_record_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT fk_record_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.record(key);


--
-- Name: record_topic fk_record_topic_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT fk_record_topic_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: record_topic fk_record_topic_topic_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT fk_record_topic_topic_key FOREIGN KEY (topic_key) REFERENCES public.topic(key);


--
-- Name: source fk_source_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT fk_source_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: source_issuer fk_source_issuer_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT fk_source_issuer_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: source_issuer fk_source_issuer_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT fk_source_issuer_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: source_text fk_source_text_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_text
    ADD CONSTRAINT fk_source_text_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- PostgreSQL database dump complete
--


