package io.pentameter.alert.rule;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that every tenant begins with: the thresholds that the field agrees on, each with an owner, a minimum sample
 * and what to do. The tenant may change or delete them; they do not come back.
 */
final class PresetPack {

    private static final String LATENCY = """
            1. Group latency_p95 by model and feature: one model or one feature points to a provider or a prompt.
            2. Compare with ttft_p95: if it rose too, the provider is slow; if not, answers have grown longer.
            3. Open the slowest traces of the window and look for retries, long retrievals and tool loops.
            4. Fail over or lower max tokens for the feature; note the change, so that the next reader sees it.""";

    private static final String ERRORS = """
            1. Group errors by model, provider and route; look at the failure kinds of the newest failed traces.
            2. Rate limits: lower concurrency or raise the quota. Time-outs: see the latency rule.
            3. Began with a release or a prompt version? Roll it back.
            4. A provider incident: fail over, and say so on the status page.""";

    private static final String COST = """
            1. Group cost_usd by feature, customer and model over the last day and the day before.
            2. More requests, or more tokens per request? Look at requests and input_tokens beside the cost.
            3. One customer: check its limits. One feature: check prompt length, history and agent loops.
            4. Raise the threshold if the growth is wanted; this rule is yours to edit.""";

    private static final String FEEDBACK = """
            1. Group thumbs_down_rate by feature, prompt_version and model.
            2. Read some of the answers that were rated down, and compare with the judge's grades.
            3. Began with a prompt, model or knowledge-base change? Roll it back.
            4. Send the worst answers to the calibration queue.""";

    private static final String INVOICES = """
            A provider billed more, or less, than the ledger has for the same days, by more than 0.5 % of the invoice.
            1. GET /api/v1/costs/reconciliation?by=day, then by=model: which days and models are apart, and what explains it
               (unpriced, missing, duplicated, tier, rounding) or is open.
            2. Unpriced: import the price or enter your own, and order a repricing. Missing: calls that are not traced.
            3. Everything by the same percentage: a discount or a price that the book does not know. Enter it, and reprice.
            4. What is right as it is: post an adjustment with its reason. The alert ends with the next comparison.""";

    private PresetPack() {}

    /** By their stable names. */
    static Map<String, RuleDefinition> all() {
        Map<String, RuleDefinition> all = new LinkedHashMap<>();
        all.put("latency_p95", define(new Preset("p95 latency above 2 s", "latency_p95", "2", "PT5M"), 20, LATENCY));
        all.put("error_rate", define(new Preset("Error rate above 1 %", "error_rate", "0.01", "PT5M"), 100, ERRORS));
        all.put("daily_cost", define(new Preset("Cost above $100 a day", "cost_usd", "100", "PT24H"), 10, COST));
        all.put(
                "negative_feedback",
                define(new Preset("Negative feedback above 10 %", "thumbs_down_rate", "0.10", "PT1H"), 20, FEEDBACK));
        all.put(
                "invoice_variance",
                define(
                        new Preset("Invoice and ledger more than 0.5 % apart", "invoice_variance", "0.005", "PT1H"),
                        1,
                        INVOICES));
        return all;
    }

    private record Preset(String name, String measure, String threshold, String window) {}

    private static RuleDefinition define(Preset preset, long minSample, String runbook) {
        boolean isOfInvoices = preset.measure().equals("invoice_variance");
        boolean isSpend = isOfInvoices || preset.measure().equals("cost_usd");
        boolean isError = preset.measure().equals("error_rate");
        RuleBody body = new RuleBody(
                preset.name(),
                preset.measure(),
                ">",
                new BigDecimal(preset.threshold()),
                null,
                preset.window(),
                isSpend ? "PT1M" : "PT15S",
                isOfInvoices ? List.of("provider") : List.of(),
                null,
                List.of(),
                null,
                minSample,
                isSpend ? "PT0S" : "PT30S",
                "PT2M",
                null,
                isError ? "critical" : "warning",
                isSpend ? "finance" : "on-call",
                runbook,
                true,
                List.of(RuleDefinition.ALL_DESTINATIONS));
        return switch (RuleReader.read(body)) {
            case RuleReader.Outcome.Read(RuleDefinition definition) -> definition;
            case RuleReader.Outcome.Refused(var faults) -> throw new IllegalStateException("preset refused: " + faults);
        };
    }
}
