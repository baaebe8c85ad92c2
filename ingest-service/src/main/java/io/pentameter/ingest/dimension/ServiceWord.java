package io.pentameter.ingest.dimension;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;

/** The service that something comes from. */
public final class ServiceWord {

    private ServiceWord() {}

    /** SDKs name a service that was given no name {@code unknown_service}: then the project's name says more. */
    public static String of(Reading own, Reading resource) {
        String said = own.textOrEmpty(Field.SERVICE);
        String named = said.isEmpty() ? resource.textOrEmpty(Field.SERVICE) : said;
        if (!named.isEmpty() && !named.startsWith("unknown_service")) {
            return named;
        }
        String project = own.textOrEmpty(Field.PROJECT);
        project = project.isEmpty() ? resource.textOrEmpty(Field.PROJECT) : project;
        return project.isEmpty() ? named : project;
    }
}
