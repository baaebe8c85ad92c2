package io.pentameter.quality.rating;

/** Something that grades an answer: a built-in check, or a language model with a rubric. */
public interface Rater {

    /** Grades the subject, or says why there is no grade. */
    Opinion rate(Subject subject);
}
