package io.pentameter.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.ingest.page.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What redaction finds, misses and takes for something else, on the labelled set; {@code docs/reference/redaction.md}. */
class RedactionPageTest {

    private static final Redactor REDACTOR = new Redactor(Set.of(), List.of(), LabelledSet.NAMES);

    private static final Set<String> KINDS = Stream.concat(
                    Arrays.stream(Detector.values()).map(Detector::word), Stream.of(Redactor.NAME))
            .collect(Collectors.toSet());

    /** Counts of one kind. A finding is right if its kind and both its ends are. */
    private static final class Tally {

        private int marked;
        private int right;
        private int wrong;
    }

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    @Test
    void whatIsFoundOnTheLabelledSetIsOnThePage() {
        for (LabelledSet.Sentence sentence : LabelledSet.read()) {
            count(sentence);
        }

        assertThat(share(all(), true)).as("precision, %s", mistakes).isGreaterThanOrEqualTo(0.97);
        assertThat(share(all(), false)).as("recall, %s", mistakes).isGreaterThanOrEqualTo(0.97);
        Page.mustBe("redaction.md", page());
    }

    @Test
    void aMarkThatIsNotFoundCountsAsMissed() {
        count(new LabelledSet.Sentence("nothing here", List.of(new LabelledSet.Finding("email", 0, "nothing"))));

        assertThat(share(all(), false)).isZero();
    }

    private void count(LabelledSet.Sentence sentence) {
        String masked = REDACTOR.redact(sentence.text(), new HashSet<>());
        List<LabelledSet.Finding> found = LabelledSet.found(sentence.text(), masked, KINDS);
        for (LabelledSet.Finding finding : sentence.expected()) {
            tally(finding.kind()).marked++;
            if (found.contains(finding)) {
                tally(finding.kind()).right++;
            } else {
                mistakes.add("missed: `%s` as %s".formatted(shown(finding.text()), finding.kind()));
            }
        }
        for (LabelledSet.Finding finding : found) {
            if (!sentence.expected().contains(finding)) {
                tally(finding.kind()).wrong++;
                mistakes.add("false: `%s` as %s".formatted(shown(finding.text()), finding.kind()));
            }
        }
    }

    private Tally tally(String kind) {
        return tallies.computeIfAbsent(kind, _ -> new Tally());
    }

    private Tally all() {
        Tally all = new Tally();
        for (Tally tally : tallies.values()) {
            all.marked += tally.marked;
            all.right += tally.right;
            all.wrong += tally.wrong;
        }
        return all;
    }

    private static double share(Tally tally, boolean isPrecision) {
        int of = isPrecision ? tally.right + tally.wrong : tally.marked;
        return of == 0 ? 1 : (double) tally.right / of;
    }

    private static String shown(String text) {
        return text.length() <= 24 ? text : text.substring(0, 24) + "…";
    }

    private String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        tallies.forEach((kind, tally) -> row(page, kind, tally));
        row(page, "**all**", all());
        page.append("\nWhat was wrong:\n\n");
        mistakes.forEach(mistake -> page.append("- ").append(mistake).append('\n'));
        if (mistakes.isEmpty()) {
            page.append("- nothing; the set has been extended with what was, until it was put right\n");
        }
        return page.append(END).toString();
    }

    private static void row(StringBuilder page, String kind, Tally tally) {
        page.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.3f | %.3f |%n",
                kind,
                tally.marked,
                tally.right,
                tally.marked - tally.right,
                tally.wrong,
                share(tally, true),
                share(tally, false)));
    }

    private static final String INTRODUCTION = """
            # Redaction

            Made by `RedactionPageTest`; a test fails while it is stale.

            Secrets and personal data are taken out of names, payloads, attributes, messages, tags, comments and outcomes before
            anything is written to the log. Each finding becomes its kind in brackets, `[email]`; the kinds are in the span's
            `redacted`.

            | kind | what, and how it is known |
            |---|---|
            | `openai_key`, `anthropic_key`, `aws_key`, `gcp_key`, `github_token`, `slack_token`, `stripe_key`, `langfuse_key` | by prefix and length; an AWS secret by the name before it |
            | `provider_key` | by prefix and length: Hugging Face, Groq, Replicate, Fireworks, LangSmith, Pinecone, Perplexity, xAI, Tavily, NVIDIA, Voyage, Jina, SendGrid, GitLab, npm, Grafana, Shopify, DigitalOcean, Weights & Biases |
            | `pentameter_key` | our own: `pm_`, 12 and 43 characters |
            | `bearer_token`, `jwt`, `private_key` | by their form |
            | `labelled_secret` | letters together with digits or signs, 8 characters or more, behind `api_key`, `secret`, `password`, `passphrase`, `access_token`, `auth_token`, `refresh_token`, `private_key`, `access_key`, `account_key` with `:` or `=` |
            | `email` | local part, `@`, a domain with a top-level domain of letters |
            | `phone` | E.164 with `+`; North American groups; national numbers with a leading 0 in two to five groups |
            | `card` | 13 to 19 digits, Luhn |
            | `iban` | length of its country, ISO 13616 modulo 97 |
            | `ip` | IPv4 and IPv6, but neither versions nor the machine's own |
            | `ssn` | US social security numbers that can have been issued |
            | `national_id` | with check digits: BE, BR, CH, CN, DE, ES (DNI, NIE), FI, FR, GB, IN, IT, KR, NO, PL, SE, TR; where those would let too much through, a word before the number must say what it is (AU TFN, CA SIN, DK CPR, NL BSN, PT NIF, ZA, and DE and BR without groups) |
            | `name` | the tenant's list, as whole words in any case; escapes of JSON are read; in scripts without spaces wherever it stands |
            | a tenant's own | RE2 patterns, by the name that the tenant gives them |

            In ids of users, customers and sessions, numbers are left alone: an id of digits looks like anything. A masked id keeps a
            pseudonym, so that it can be told apart and joined ([decision 0015](../decisions/0015-pseudonyms.md)).

            ## How well

            On `ingest-service/src/test/resources/redaction/labelled.txt`: sentences of our own in ten languages, hostile near-misses
            among them. A finding is right if its kind, its beginning and its end are. The set is small and was written by those who
            wrote the detectors: it shows what is meant and guards against going back, and is no estimate for other traffic.

            | kind | marked | found | missed | false | precision | recall |
            |---|---|---|---|---|---|---|
            """;

    private static final String END = """

            ## Settings

            `PUT /api/v1/settings/redaction` (scope admin) replaces all of them; what is absent is empty.

            | field | what | limits |
            |---|---|---|
            | `disabled` | detectors that are switched off, by their word | |
            | `patterns` | `[{"name":"patient","regex":"PAT-[0-9]{6}"}]` | 50; 500 characters; no look-around, back-reference, possessive quantifier |
            | `names` | people, products …: `["Anna Müller"]` | 1,000; 2 to 100 characters |
            | `payloads` | `[{"feature":"hr","field":"input","mode":"metadata_only"}]`: the first rule that applies counts, else the profile's `payloadMode`. `feature` empty = every one; `field`: `input`, `output`, `attributes`, `attributes.<name>`, empty = what is payload among all of them; `mode`: `full`, `masked`, `metadata_only` | 100 |
            | `pseudonyms` | `hash` (or empty) or `reversible` | |

            A rule for `attributes` applies to every one that is kept as such: masked, its text becomes its length; with `metadata_only` it
            is dropped. A rule without a field, and the profile, apply to the attributes that may quote a prompt or an output; these are
            dropped unless everything is kept. Runs that come in pieces (Langfuse, LangSmith) are redacted before the pieces are stored;
            rules by feature or field are applied when the span is made of them, because a piece does not know what another says. Until
            then the store of pieces has their redacted texts.
            """;
}
