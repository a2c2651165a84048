package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ModelStoreTest extends ModelStoreContract {

    private static final String BUCKET = "models";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static S3Server server;

    @SuppressWarnings("NullAway.Init")
    private static S3Client client;

    private static final AtomicInteger STORES = new AtomicInteger();

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = S3Server.start(directory);
        client = server.client().build();
        client.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close();
    }

    @Override
    ModelStore emptyStore() {
        return new S3ModelStore(client, BUCKET, "store-" + STORES.incrementAndGet() + "/");
    }

    @Test
    void storesInOneBucket_doNotSeeEachOther() {
        ModelStore one = emptyStore();
        ModelStore other = emptyStore();
        one.put("runs/model", new byte[] {1});
        assertThat(other.list("")).isEmpty();
        assertThat(new S3ModelStore(client, BUCKET, "").find("store-" + (STORES.get() - 1) + "/runs/model"))
                .isPresent();
    }

    @Test
    void delete_removes_andMindsNothingThere() {
        ModelStore store = emptyStore();
        store.put("a", new byte[] {1});
        store.delete("a");
        store.delete("a");
        assertThat(store.find("a")).isEmpty();
    }

    /** S3 lists at most a thousand objects at a time. */
    @Test
    void addresses_areAllListed() {
        ModelStore store = emptyStore();
        List<String> addresses =
                IntStream.range(1000, 2005).mapToObj(i -> "a/" + i).toList();
        addresses.parallelStream().forEach(address -> store.put(address, new byte[0]));
        assertThat(store.addresses("a/")).isEqualTo(addresses);
    }

    @Test
    void bytesThatChangeOnTheirWay_areNotStored() {
        AtomicInteger altered = new AtomicInteger();
        try (S3Client noisy = server.client()
                .overrideConfiguration(options -> options.addExecutionInterceptor(new FlippedBit(altered)))
                .build()) {
            ModelStore store = new S3ModelStore(noisy, BUCKET, "noisy/");
            assertThatThrownBy(() -> store.put("model", new byte[] {1, 2, 3}))
                    .isInstanceOfSatisfying(S3Exception.class, refusal -> assertThat(refusal.statusCode())
                            .as("a bad request")
                            .isEqualTo(400));
            assertThat(altered).as("a bit was flipped").hasPositiveValue();
            assertThat(store.find("model")).isEmpty();
        }
    }

    @Test
    void noSuchBucket_isTold() {
        assertThatThrownBy(() -> new S3ModelStore(client, "nothing-here", "").put("a", new byte[] {1}))
                .isInstanceOf(ModelStoreException.class)
                .hasMessage("cannot write a: there is no bucket nothing-here; create it, or name another in"
                        + " polyphony.store");
        assertThatThrownBy(() -> new S3ModelStore(client, "nothing-here", "").list(""))
                .isInstanceOf(ModelStoreException.class);
    }

    @Test
    void wrongSecret_isTold_withoutTheSecret() {
        try (S3Client stranger = server.client("polyphony", "guessed").build()) {
            assertThatThrownBy(() -> new S3ModelStore(stranger, BUCKET, "").read("a"))
                    .isInstanceOf(ModelStoreException.class)
                    .hasMessageContaining("the server refuses it")
                    .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                    .hasMessageNotContaining("guessed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3:models",
                "s3://M",
                "s3://models/../a",
                "s3://models/a b",
                "s3://models//a",
                "s3://a/.b"
            })
    void locations_thatAreNone_areRefused(String location) {
        assertThatThrownBy(() -> ModelStore.at(location))
                .isInstanceOf(ModelStoreException.class)
                .hasMessageContaining("\"" + location + "\" is no place for a model store: expected s3://BUCKET");
    }

    /** Alters the last byte of each upload, after its checksum was taken. */
    private record FlippedBit(AtomicInteger altered) implements ExecutionInterceptor {

        @Override
        public Optional<RequestBody> modifyHttpContent(
                Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            if (!(context.request() instanceof PutObjectRequest)) {
                return context.requestBody();
            }
            return context.requestBody().map(body -> {
                try {
                    byte[] bytes = body.contentStreamProvider().newStream().readAllBytes();
                    bytes[bytes.length - 1] ^= 1;
                    altered.incrementAndGet();
                    return RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }
}
