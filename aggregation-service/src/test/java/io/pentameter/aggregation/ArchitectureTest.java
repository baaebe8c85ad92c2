package io.pentameter.aggregation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pentameter.aggregation.engine.AllTenantsQuery;
import java.time.Instant;
import java.time.LocalDateTime;

@AnalyzeClasses(packages = "io.pentameter.aggregation", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotFormCycles = slices().matching("io.pentameter.aggregation.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable, and removable, on its own");

    @ArchTest
    static final ArchRule onlyAdaptersKnowTheFramework = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.(\\w+(Resource|Config|Job|Check|Meters)|(ClickHouse|Kafka|Sql|AllTenants)\\w+|engine\\.\\w+)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "jakarta.ws..",
                    "jakarta.enterprise..",
                    "jakarta.annotation..",
                    "jakarta.persistence..",
                    "org.eclipse.microprofile..",
                    "org.apache.kafka..",
                    "com.clickhouse..",
                    "java.sql..")
            .because(
                    "a rule must run in a plain unit test, and a reader must see from the name what touches the world");

    @ArchTest
    static final ArchRule onlyOneClassReachesTheEngine = noClasses()
            .that()
            .haveNameNotMatching(".*\\.engine\\.ClickHouse\\w+(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.clickhouse..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.sql\\.(Connection|Statement|PreparedStatement|DriverManager)|javax\\.sql\\..*")
            .because("SQL must run where a tenant's confinement cannot be forgotten");

    @ArchTest
    static final ArchRule whoRunsSqlSaysSo = noClasses()
            .that()
            .haveNameNotMatching(".*\\.((Sql|AllTenants|ClickHouse)\\w+|engine\\.\\w+)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..")
            .because("the listing of a folder must show which of its classes ask the engine");

    @ArchTest
    static final ArchRule onlyTheNamedQueryAllTenants = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(AllTenants\\w+|\\w+Job|SqlMigrations|engine\\.\\w+)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AllTenantsQuery.class)
            .because("everything else belongs to one tenant");

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .because("a test must be able to choose the time; ask an injected clock");

    @ArchTest
    static final ArchRule resourcesStayInTheirFeature = classes()
            .that()
            .haveNameMatching(".*Resource")
            .should()
            .notBePublic()
            .because("nobody else may call them");
}
