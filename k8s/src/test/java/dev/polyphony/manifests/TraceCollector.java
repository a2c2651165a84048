package dev.polyphony.manifests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where services send their spans by OTLP over HTTP; keeps what came. */
final class TraceCollector implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, List<Received>> traces = new ConcurrentHashMap<>();

    /** A span, and the service that sent it. */
    record Received(String service, String name, String id, String parent) {}

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    static TraceCollector start() throws IOException {
        TraceCollector collector =
                new TraceCollector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        collector.server.createContext("/v1/traces", collector::receive);
        collector.server.start();
        return collector;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether there is a step whose spans are complete, and follow each other. */
    boolean hasWholeStep() {
        return traces.values().stream().anyMatch(TraceCollector::isWhole);
    }

    private static boolean isWhole(List<Received> spans) {
        return spans.stream()
                .filter(perturb -> perturb.equals(new Received("perturb-service", "perturb", perturb.id(), "")))
                .anyMatch(perturb -> spans.stream()
                        .filter(teach ->
                                teach.equals(new Received("teacher-service", "teach", teach.id(), perturb.id())))
                        .anyMatch(teach -> spans.stream()
                                .anyMatch(learn -> learn.equals(
                                        new Received("student-trainer", "learn", learn.id(), teach.id())))));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            for (ResourceSpans sent : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                String service = name(sent.getResource());
                for (ScopeSpans scope : sent.getScopeSpansList()) {
                    scope.getSpansList().forEach(span -> keep(service, span));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(String service, Span span) {
        HexFormat hex = HexFormat.of();
        traces.compute(hex.formatHex(span.getTraceId().toByteArray()), (id, before) -> {
            List<Received> spans = before == null ? new ArrayList<>() : new ArrayList<>(before);
            spans.add(new Received(
                    service,
                    span.getName(),
                    hex.formatHex(span.getSpanId().toByteArray()),
                    hex.formatHex(span.getParentSpanId().toByteArray())));
            return List.copyOf(spans);
        });
    }

    private static String name(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return traces.values().toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
