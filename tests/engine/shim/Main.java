import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.lucene.util.Version;

/**
 * Starts the engine: the part of the REST dialect of OpenSearch 3 that vankien uses, over real Lucene, in memory.
 * Usage: Main PORT (0 takes any free one). Ends when its stdin closes, so that no test leaves one running.
 */
public final class Main {
    private static final String LUCENE = "8.8.1";
    private static final int LONGEST_LINE = 4096;

    public static void main(String[] arguments) throws IOException {
        if (!Version.LATEST.toString().equals(LUCENE)) {
            System.err.println("tests/engine: not available: Lucene " + LUCENE + " is needed, found " + Version.LATEST);
            System.exit(3);
        }
        // Without this an answer over a kept connection waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        Cluster cluster = new Cluster();
        Router router = new Router();
        new Admin(cluster).register(router);
        new Documents(cluster).register(router);
        new Searches(cluster).register(router);
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", exchange -> serve(router, exchange));
        server.start();
        System.out.println("listening on 127.0.0.1:" + server.getAddress().getPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Only its end matters.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void serve(Router router, HttpExchange exchange) throws IOException {
        Router.Answer answer;
        try {
            answer = answer(router, exchange);
        } catch (Failure failure) {
            answer = new Router.Answer(failure.status, failure.body());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            // A value of a kind that nobody checked, such as a list where a text belongs.
            answer = new Router.Answer(400, Failure.argument("" + e.getMessage()).body());
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace();
            answer = new Router.Answer(500, new Failure(500, e.getClass().getSimpleName(), "" + e.getMessage()).body());
        }
        try (exchange) {
            send(exchange, answer);
        }
    }

    private static Router.Answer answer(Router router, HttpExchange exchange) throws IOException {
        String body = body(exchange);
        if (exchange.getRequestURI().toString().length() > LONGEST_LINE) {
            String reason = "An HTTP line is larger than " + LONGEST_LINE + " bytes.";
            throw new Failure(400, "too_long_http_line_exception", reason);
        }
        String type = exchange.getRequestHeaders().getFirst("content-type");
        if (!body.isEmpty() && (type == null || !type.matches("(?i)application/(json|x-ndjson)(\\s*;.*)?"))) {
            String reason = "Content-Type header [" + (type == null ? "" : type) + "] is not supported";
            return new Router.Answer(406, Json.object("error", reason, "status", 406));
        }
        List<String> path = new ArrayList<>();
        for (String part : exchange.getRequestURI().getRawPath().split("/")) {
            // A plus in a path is a plus, unlike in a query.
            if (!part.isEmpty()) path.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        Parameters parameters = new Parameters(exchange.getRequestURI().getRawQuery());
        return router.answer(exchange.getRequestMethod(), path, parameters, body);
    }

    private static String body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("content-encoding"));
        try (InputStream in = exchange.getRequestBody(); InputStream plain = zipped ? new GZIPInputStream(in) : in) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, Router.Answer answer) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD") || answer.body() == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json; charset=UTF-8");
        String accepted = exchange.getRequestHeaders().getFirst("accept-encoding");
        if (accepted != null && accepted.contains("gzip")) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
                out.write(bytes);
            }
            bytes = zipped.toByteArray();
            exchange.getResponseHeaders().add("content-encoding", "gzip");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
