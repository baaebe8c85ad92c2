package io.pentameter.ingest.failure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What attempts of one request did, seen from the step above them.
 *
 * @param failed    how many of them failed, 0 if there is no such request
 * @param isLoop    whether they left a model and came back to it
 * @param lastDetail word of the last failure among them, empty if none failed
 */
public record AttemptPattern(int failed, boolean isLoop, String lastDetail) {

    /** Nothing was tried twice. */
    public static final AttemptPattern NONE = new AttemptPattern(0, false, "");

    /** Failed attempts of one request from which on they are a storm. Most SDKs try three times in all. */
    public static final int STORM = 4;

    /**
     * The pattern of attempts in the order in which they began.
     *
     * @param models  the model of each attempt
     * @param failed  how many failed
     */
    public static AttemptPattern of(List<String> models, int failed, String lastDetail) {
        return new AttemptPattern(failed, failed > 0 && comesBack(models), lastDetail);
    }

    private static boolean comesBack(List<String> models) {
        Set<String> left = new HashSet<>();
        String current = "";
        for (String model : models) {
            boolean isOther = !model.isEmpty() && !model.equals(current);
            if (isOther) {
                left.add(current);
                current = model;
                if (left.contains(model)) {
                    return true;
                }
            }
        }
        return false;
    }
}
