package io.pentameter.gateway.member;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code member}. */
@Entity
@Table(name = "member")
class MemberEntity {

    @Id
    String id;

    @Column(name = "tenant")
    String tenant;

    @Column(name = "email")
    String email;

    @Column(name = "subject")
    @Nullable
    String subject;

    @Column(name = "roles")
    String[] roles;

    @Column(name = "created_at")
    Instant createdAt;

    /** For Hibernate. */
    MemberEntity() {}

    void changeRoles(List<String> words) {
        roles = words.toArray(String[]::new);
    }

    Member view() {
        return new Member(id, email, subject, List.of(roles), createdAt);
    }
}
