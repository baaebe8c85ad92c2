package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is asked and what is answered: mostly well, and now and then in one of the ways that the built-in checks look for. */
final class Answers {

    private static final List<String> QUESTIONS = List.of(
            "How do I change the billing address of our account?",
            "Which invoices are overdue for more than thirty days?",
            "Summarise the termination clauses and name the notice periods.",
            "Why does the export of last week miss two days?",
            "Can I give a colleague access to one project only?");
    private static final List<String> GOOD = List.of(
            "Open Settings, then Billing, choose Edit beside the address and save. Invoices from tomorrow on carry it.",
            "Three invoices are overdue: 2041 since 34 days, 2044 since 41 days and 2050 since 62 days.",
            "Either side may terminate with 90 days' notice to the end of a quarter; for good cause at once.",
            "The export ran before the nightly load had ended. Start it again and the two days are there.",
            "Yes: invite them under Members and choose the project in the field Access.");
    private static final String DOCUMENTS = "Answer from these documents. [1] Terms of delivery. [2] Returns.\n";
    private static final String REFUSAL = "I'm sorry, but I can't help with that request.";
    private static final String INVOICE =
            "{\"invoice\":\"2041\",\"total\":\"1840.00\",\"currency\":\"EUR\",\"due\":\"2026-11-30\"}";

    private Answers() {}

    /**
     * An answer.
     *
     * @param finish as providers name the reason to stop
     */
    record Answer(String text, String finish) {}

    static Answer to(Feature feature, RandomGenerator random) {
        double chance = random.nextDouble();
        if (feature == Feature.INVOICE_FIELDS) {
            return chance < 0.06
                    ? new Answer(INVOICE.substring(0, INVOICE.length() / 2), "stop")
                    : new Answer(INVOICE, "stop");
        }
        String good = GOOD.get(random.nextInt(GOOD.size()));
        if (chance < 0.02) {
            return new Answer(REFUSAL, "stop");
        }
        if (chance < 0.035) {
            return new Answer(good.substring(0, good.length() * 2 / 3), "length");
        }
        if (chance < 0.04) {
            return new Answer("", "stop");
        }
        if (feature == Feature.SEARCH_ANSWERS) {
            return new Answer(good + (chance < 0.1 ? " [9]" : " [1]"), "stop");
        }
        return new Answer(good, "stop");
    }

    /** What a user asks; for answers that cite, with the numbered documents that they may cite before it. */
    static String question(Feature feature, RandomGenerator random) {
        String question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
        return feature == Feature.SEARCH_ANSWERS ? DOCUMENTS + question : question;
    }

    /** One message as the GenAI conventions write it, as JSON text. */
    static String message(String role, String text, String finish) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode message = json.objectNode().put("role", role);
        message.putArray("parts").addObject().put("type", "text").put("content", text);
        if (!finish.isEmpty()) {
            message.put("finish_reason", finish);
        }
        return json.arrayNode().add(message).toString();
    }
}
