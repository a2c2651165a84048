package dev.polyphony.streaming.testing;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Right;
import dev.polyphony.streaming.access.ServiceRights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A broker process that asks everybody who they are, by password (SCRAM) or by certificate, on listeners of TLS, and
 * lets nobody do what was not granted. Its authorizer's log is read back: what was asked, and what was answered.
 */
final class SecuredBroker implements AutoCloseable {

    /** Has a password and a certificate that the broker trusts. */
    static final String ADMIN = "admin";
    /** Has no certificate that the broker trusts. */
    static final String STRANGER = "stranger";

    private static final String LOGGING = """
            <configuration>
              <appender name="access" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%msg%%n</pattern></encoder>
              </appender>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%%d %%-5level %%logger{1} - %%msg%%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="console"/></root>
              <logger name="kafka.authorizer.logger" level="DEBUG" additivity="false">
                <appender-ref ref="access"/>
              </logger>
            </configuration>
            """;

    final Certificates certificates;
    private final Path accessLog;
    private final int passwordPort = BrokerProcess.freePort();
    private final int certificatePort = BrokerProcess.freePort();
    private final BrokerProcess process;

    SecuredBroker(Path directory) throws Exception {
        certificates = new Certificates(directory);
        List<String> users = users();
        for (String user : users) {
            certificates.make(user);
        }
        certificates.make("broker");
        certificates.make(STRANGER);
        accessLog = directory.resolve("access.log");
        Path logging = Files.writeString(directory.resolve("logback.xml"), LOGGING.formatted(accessLog));
        process = BrokerProcess.start(
                directory,
                passwordPort,
                properties(directory, users),
                users.stream()
                        .map(user -> "SCRAM-SHA-512=[name=" + user + ",password=" + password(user) + "]")
                        .toList(),
                List.of("-Dlogback.configurationFile=" + logging),
                new HashMap<>(byPassword(ADMIN, password(ADMIN))));
    }

    private static List<String> users() {
        List<String> users = new ArrayList<>(List.of(ADMIN));
        for (ServiceRights rights : ServiceRights.values()) {
            users.add(rights.service());
        }
        return users;
    }

    private String properties(Path directory, List<String> users) throws Exception {
        int controller = BrokerProcess.freePort();
        List<String> trusted = new ArrayList<>(users);
        trusted.add("broker");
        Map<String, String> more = new TreeMap<>(certificates.trust(trusted));
        more.putAll(certificates.key("broker"));
        more.put(
                "listeners",
                "SASL_SSL://127.0.0.1:" + passwordPort + ",SSL://127.0.0.1:" + certificatePort
                        + ",CONTROLLER://127.0.0.1:" + controller);
        more.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:SSL");
        more.put("inter.broker.listener.name", "SSL");
        more.put("listener.name.ssl.ssl.client.auth", "required");
        more.put("listener.name.controller.ssl.client.auth", "required");
        more.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/");
        more.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        more.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        more.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        more.put("allow.everyone.if.no.acl.found", "false");
        more.put("super.users", "User:broker;User:" + ADMIN);
        StringBuilder text = new StringBuilder(BrokerProcess.properties(controller, directory));
        more.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    static String password(String user) {
        return user + "-password-9f2c";
    }

    String passwordServers() {
        return "127.0.0.1:" + passwordPort;
    }

    String certificateServers() {
        return "127.0.0.1:" + certificatePort;
    }

    /** What connects a user with a password, over TLS. */
    Map<String, String> byPassword(String user, String password) throws Exception {
        Map<String, String> connection = new TreeMap<>(certificates.trust(List.of("broker")));
        connection.put("bootstrap.servers", passwordServers());
        connection.put("security.protocol", "SASL_SSL");
        connection.put("sasl.mechanism", "SCRAM-SHA-512");
        connection.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
        return connection;
    }

    /** What connects the owner of a certificate. */
    Map<String, String> byCertificate(String name) throws Exception {
        Map<String, String> connection = new TreeMap<>(certificates.trust(List.of("broker")));
        connection.put("bootstrap.servers", certificateServers());
        connection.put("security.protocol", "SSL");
        connection.putAll(certificates.key(name));
        return connection;
    }

    KafkaClients clients(ServiceRights service) throws Exception {
        return new KafkaClients(new HashMap<>(byPassword(service.service(), password(service.service()))), null);
    }

    /** Gives every service its rights to a stream, and nothing else. */
    void grant(StreamTopics topics) throws Exception {
        List<AclBinding> all = new ArrayList<>();
        for (ServiceRights service : ServiceRights.values()) {
            for (Right right : service.of(topics)) {
                all.addAll(right.granted("User:" + service.service()));
            }
        }
        try (Admin admin = Admin.create(new HashMap<>(byPassword(ADMIN, password(ADMIN))))) {
            admin.createAcls(all).all().get();
        }
    }

    /** What the authorizer was asked, and what it answered. */
    List<String> accesses() throws Exception {
        return Files.readAllLines(accessLog);
    }

    @Override
    public void close() {
        process.close();
    }
}
