package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes an import of what is sent, or says for each part what is wrong with it: all lines are taken or none.
 *
 * <p>Numbers are read as decimals, a name twice in an object is an error, and so is anything behind the end.
 */
final class InvoiceReader {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_PAGES = 1_000;
    private static final int MAX_NAME = 200;
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9._-]{1,100}");
    private static final List<String> FIELDS =
            List.of("provider", "format", "account", "name", "rates", "pages", "csv");

    private final List<Fault> faults;

    /** @param faults takes what is wrong */
    InvoiceReader(List<Fault> faults) {
        this.faults = faults;
    }

    /**
     * What is imported.
     *
     * @param id    the same for the same content, provider, account and rates of the same tenant
     * @param days  that it speaks of
     */
    record Draft(
            String id,
            Invoice.Format format,
            String provider,
            String account,
            String name,
            Lines.Days days,
            List<InvoiceLine> lines) {

        Invoice.Content content() {
            boolean charges = lines.stream().anyMatch(line -> line.what() instanceof InvoiceLine.Charge);
            boolean usage = lines.stream().anyMatch(line -> line.what() instanceof InvoiceLine.Use);
            if (charges && usage) {
                return Invoice.Content.BOTH;
            }
            boolean isUsage =
                    usage || format == Invoice.Format.OPENAI_USAGE || format == Invoice.Format.ANTHROPIC_USAGE;
            return isUsage ? Invoice.Content.USAGE : Invoice.Content.CHARGES;
        }

        boolean isDaily() {
            return lines.stream().allMatch(line -> line.to().equals(line.from().plusDays(1)));
        }

        BigDecimal usd() {
            return sum(lines);
        }
    }

    /**
     * Reads a body.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    Optional<Draft> read(String tenant, byte[] body) throws IOException {
        JsonNode root = JSON.readTree(body);
        if (root == null || !root.isObject()) {
            faults.add(new Fault("", "the body must be a JSON object with format and pages or csv"));
            return Optional.empty();
        }
        root.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field) && faults.size() < Lines.MAX_FAULTS) {
                faults.add(new Fault("/" + field, "is not known; known are " + FIELDS));
            }
        });
        Lines lines = new Lines(new RatesReader(faults).read(root.path("rates")), faults);
        JsonFields fields = new JsonFields(lines);
        String word = fields.text("", root, "format");
        Optional<Invoice.Format> format = Invoice.Format.of(word);
        if (format.isEmpty()) {
            faults.add(new Fault("/format", "must be one of %s: '%s'".formatted(Invoice.Format.words(), word)));
            return Optional.empty();
        }
        String provider = provider(fields.text("", root, "provider"), format.get());
        String account = name(fields, root, "account");
        String name = name(fields, root, "name");
        content(format.get(), root, lines);
        Optional<Lines.Days> days = lines.days();
        if (faults.isEmpty() && days.isEmpty()) {
            faults.add(new Fault(format.get().isTable() ? "/csv" : "/pages", "there is no line and no day in it"));
        } else if (faults.isEmpty()
                && days.get()
                        .from()
                        .plusDays(Lines.MAX_DAYS)
                        .isBefore(days.get().to())) {
            faults.add(new Fault(
                    "",
                    "an import may be of at most %d days: %s to %s"
                            .formatted(
                                    Lines.MAX_DAYS,
                                    days.get().from(),
                                    days.get().to())));
        } else if (faults.isEmpty() && sum(lines.all()).abs().compareTo(Usd.MAX) > 0) {
            faults.add(new Fault("", "the charges may add up to at most %s USD".formatted(Usd.MAX.toPlainString())));
        }
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        String identity = String.join(
                "\n",
                tenant,
                provider,
                account,
                format.get().word(),
                root.path("rates").toString(),
                root.path("pages").toString(),
                root.path("csv").toString());
        return days.map(it -> new Draft(id(identity), format.get(), provider, account, name, it, lines.all()));
    }

    private static BigDecimal sum(List<InvoiceLine> lines) {
        BigDecimal sum = BigDecimal.ZERO;
        for (InvoiceLine line : lines) {
            if (line.what() instanceof InvoiceLine.Charge charge) {
                sum = sum.add(charge.usd());
            }
        }
        return sum;
    }

    private void content(Invoice.Format format, JsonNode root, Lines lines) {
        JsonNode pages = root.path("pages");
        JsonNode csv = root.path("csv");
        if (format.isTable()) {
            if (!csv.isTextual() || !pages.isMissingNode()) {
                faults.add(new Fault("/csv", "must be the table as text, and pages be absent, for " + format.word()));
                return;
            }
            new InvoiceTables(lines).read(format, csv.asText());
            return;
        }
        if (!pages.isArray() || pages.isEmpty() || pages.size() > MAX_PAGES || !csv.isMissingNode()) {
            faults.add(new Fault(
                    "/pages",
                    "must be a list of 1 to %d pages, and csv be absent, for %s".formatted(MAX_PAGES, format.word())));
            return;
        }
        List<JsonNode> list = new ArrayList<>();
        pages.forEach(list::add);
        new ProviderPages(lines).read(format, list);
    }

    private String provider(String sent, Invoice.Format format) {
        String provider = sent.isEmpty() ? format.provider() : sent;
        if (!PROVIDER.matcher(provider).matches()) {
            faults.add(new Fault(
                    "/provider",
                    "must be the provider's word on spans, such as openai or aws.bedrock: '%s'".formatted(provider)));
        }
        return provider;
    }

    private String name(JsonFields fields, JsonNode root, String field) {
        String name = fields.text("", root, field);
        if (name.length() > MAX_NAME) {
            faults.add(new Fault("/" + field, "must have at most %d characters".formatted(MAX_NAME)));
        }
        return name;
    }

    private static String id(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return "inv_" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not there", e);
        }
    }
}
