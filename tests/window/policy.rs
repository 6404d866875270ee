//! Maps of the network against a server in this process that plays every kind there is: what is asked, how politely, what
//! is believed of the answers, what is kept, and that nothing leaves while the program is offline.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use maakblok::basemap::online::{
    Gate, KeepError, KeepPlan, OnlineError, OnlineSource, Service, TileCache, Watch, keep,
};
use maakblok::basemap::{Archive, MapFault, MapLook, TileGrid, TileId, TileKind, packed, tiles_in_view};
use maakblok::crs::Frame;
use maakblok::geometry::{Bounds, point};
use maakblok::i18n::Lang;
use maakblok::look::Theme;
use maakblok::scene::Pixels;
use maakblok::studio::Services;
use maakblok::studio::map::{MapLayer, MapSource, MapView, Maps};
use maakblok::ui::SystemNetwork;

/// A request as it came.
#[derive(Clone, Debug)]
struct Asked {
    path: String,
    headers: BTreeMap<String, String>,
}

/// A server of tiles on this machine.
struct Server {
    address: String,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (count, list) = (Arc::clone(&connections), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let list = Arc::clone(&list);
                std::thread::spawn(move || answer(stream, &list));
            }
        });
        Self { address, connections, asked }
    }

    fn service(&self, way: &str) -> Service {
        Service::typed("Test", &format!("{}/{way}/{{z}}/{{x}}/{{y}}.png", self.address)).unwrap()
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbaImage::from_pixel(256, 256, image::Rgba([200, 210, 220, 255]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Answers requests on a connection, in the way that the first part of the path names.
fn answer(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>) {
    loop {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                _ => return,
            }
        }
        let text = String::from_utf8_lossy(&head).into_owned();
        let mut lines = text.lines();
        let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        asked.lock().unwrap().push(Asked { path: path.clone(), headers: headers.clone() });
        let way = path.split('/').nth(1).unwrap_or_default().to_owned();
        let mut send = |status: &str, headers: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        };
        let picture = "Content-Type: image/png\r\n";
        match way.as_str() {
            "fresh" => send("200 OK", &format!("{picture}Cache-Control: max-age=3600\r\n"), &png()),
            "tagged" if headers.get("if-none-match").is_some_and(|tag| tag == "\"a\"") => {
                send("304 Not Modified", "ETag: \"a\"\r\nCache-Control: max-age=0\r\n", b"");
            }
            "tagged" => send("200 OK", &format!("{picture}ETag: \"a\"\r\nCache-Control: max-age=0\r\n"), &png()),
            "private" => send("200 OK", &format!("{picture}Cache-Control: no-store\r\n"), &png()),
            "busy" if asked.lock().unwrap().len() >= 3 && TOLD_BUSY.fetch_add(1, Ordering::SeqCst) == 0 => {
                send("429 Too Many Requests", &format!("{picture}Retry-After: 1\r\n"), &png());
            }
            "busy" => {
                let now = AT_ONCE.fetch_add(1, Ordering::SeqCst) + 1;
                MOST_AT_ONCE.fetch_max(now, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(8));
                AT_ONCE.fetch_sub(1, Ordering::SeqCst);
                send("200 OK", &format!("{picture}Cache-Control: max-age=3600\r\n"), &png());
            }
            "refused" => send("403 Forbidden", picture, &png()),
            "many" => send("429 Too Many Requests", &format!("{picture}Retry-After: 120\r\n"), &png()),
            "broken" => send("500 Internal Server Error", "Content-Type: text/html\r\n", b"<html>sorry</html>"),
            "page" => send("200 OK", "Content-Type: text/html\r\n", b"<html>please log in</html>"),
            "lying" => send("200 OK", picture, b"<html>please log in</html>"),
            "cut" => send("200 OK", &format!("{picture}Cache-Control: max-age=3600\r\n"), &png()[..60]),
            "none" => send("404 Not Found", "", b""),
            "nothing" => send("204 No Content", "", b""),
            "circle" => send("302 Found", &format!("Location: {path}\r\n"), b""),
            "elsewhere" => send("302 Found", "Location: file:///etc/hostname\r\n", b""),
            "bomb" => send("200 OK", "Content-Type: application/x-protobuf\r\n", &packed(&vec![0; 40 << 20])),
            "long" => {
                let _ = stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10737418240\r\n\r\n");
                return;
            }
            "endless" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n");
                while stream.write_all(&[0; 65_536]).is_ok() {}
                return;
            }
            "hanging" => {
                std::thread::sleep(Duration::from_secs(30));
                return;
            }
            "described" => {
                let host = headers.get("host").cloned().unwrap_or_default();
                let said = format!(
                    r#"{{"tiles": ["http://{host}/fresh/{{z}}/{{x}}/{{y}}.png"], "minzoom": 3, "maxzoom": 12, "attribution": "<a>© T</a>"}}"#
                );
                send("200 OK", "Content-Type: application/json\r\n", said.as_bytes());
            }
            _ => send("400 Bad Request", "", b""),
        }
    }
}

/// How many requests of the kind that counts them are under way, and were at most.
static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
/// How often a server that is busy has thought of saying so; it does the first time.
static TOLD_BUSY: AtomicUsize = AtomicUsize::new(0);
static MOST_AT_ONCE: AtomicUsize = AtomicUsize::new(0);

const TILE: TileId = TileId { zoom: 14, x: 8_390, y: 5_496 };

fn gate() -> Gate {
    let gate = Gate::new(Arc::new(SystemNetwork::patient_for(Duration::from_millis(1_500))));
    gate.switch(true);
    gate
}

fn open(server: &Server, way: &str, cache: Option<&Arc<TileCache>>) -> OnlineSource {
    OnlineSource::open(&server.service(way), &gate(), cache.cloned()).unwrap()
}

#[test]
fn what_is_no_tile_is_not_taken_for_one() {
    let server = Server::start();
    let error = |way: &str| open(&server, way, None).tile(TILE).unwrap_err();
    assert!(matches!(error("refused"), OnlineError::Refused { status: 403, .. }));
    assert!(matches!(error("many"), OnlineError::Refused { status: 429, again_after } if again_after.as_secs() == 120));
    assert!(matches!(error("broken"), OnlineError::Failing { status: 500 }));
    assert_eq!(error("page"), OnlineError::NoTile);
    assert_eq!(error("lying"), OnlineError::NoTile);
    assert_eq!(error("circle"), OnlineError::Circles);
    assert_eq!(error("long"), OnlineError::TooLarge);
    assert_eq!(error("endless"), OnlineError::TooLarge);
    assert_eq!(error("hanging"), OnlineError::Slow);
    assert_eq!(error("elsewhere"), OnlineError::NoTile, "it leads into this machine's files: not followed");
    let shapes = Service::typed("", &format!("{}/bomb/{{z}}/{{x}}/{{y}}.pbf", server.address)).unwrap();
    assert_eq!(OnlineSource::open(&shapes, &gate(), None).unwrap().tile(TILE), Err(OnlineError::NoTile));
    assert_eq!(open(&server, "none", None).tile(TILE), Ok(None));
    assert_eq!(open(&server, "nothing", None).tile(TILE), Ok(None));
    for lang in Lang::ALL {
        assert!(error("page").text(lang).len() > 20);
    }
    // Nobody answers there.
    let dead = Service::typed("", "http://127.0.0.1:9/{z}/{x}/{y}.png").unwrap();
    assert!(matches!(OnlineSource::open(&dead, &gate(), None).unwrap().tile(TILE), Err(OnlineError::Unreachable(_))));
}

#[test]
fn answers_are_kept_as_long_as_they_may_be_and_refusals_never() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(TileCache::new(folder.path().join("tiles")));
    let fetch = |way: &str| open(&server, way, Some(&cache)).tile(TILE);
    for _ in 0..3 {
        assert_eq!(fetch("fresh"), Ok(Some(png())));
    }
    assert_eq!(server.asked().len(), 1, "it is fresh: nobody is asked again");
    for _ in 0..3 {
        assert_eq!(fetch("tagged"), Ok(Some(png())));
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    assert_eq!(
        asked[2].headers.get("if-none-match").map(String::as_str),
        Some("\"a\""),
        "asked whether it has changed"
    );
    let before = cache.bytes();
    assert_eq!(fetch("private"), Ok(Some(png())));
    for way in ["refused", "many", "page", "broken", "lying"] {
        assert!(fetch(way).is_err());
    }
    assert_eq!(cache.bytes(), before, "what may not be kept, or is no tile, is not");
    // What the cache has is there without a network too.
    let offline = Gate::new(Arc::new(SystemNetwork::default()));
    let count = server.connections.load(Ordering::SeqCst);
    for way in ["fresh", "tagged"] {
        let source = OnlineSource::open(&server.service(way), &offline, Some(Arc::clone(&cache))).unwrap();
        assert_eq!(source.tile(TILE), Ok(Some(png())));
        assert_eq!(source.tile(TileId { x: TILE.x + 1, ..TILE }), Err(OnlineError::Offline));
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), count, "no connection is opened");
}

#[test]
fn a_tile_stays_for_the_days_that_the_terms_ask() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(TileCache::new(folder.path().to_owned()));
    let service = Service { min_cache_days: 7, ..server.service("tagged") };
    for _ in 0..3 {
        assert!(OnlineSource::open(&service, &gate(), Some(Arc::clone(&cache))).unwrap().tile(TILE).unwrap().is_some());
    }
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn who_asks_says_who_he_is_and_goes_quiet_when_told() {
    let server = Server::start();
    let gate = gate();
    gate.set_contact("atelier@example.org\r\nX-Evil: 1");
    let source = OnlineSource::open(&server.service("many"), &gate, None).unwrap();
    for x in 0..5 {
        assert!(source.tile(TileId { x: TILE.x + x, ..TILE }).is_err());
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "told «too many», it is not asked again");
    let agent = &asked[0].headers["user-agent"];
    assert!(agent.starts_with("Maakblok/") && agent.contains("atelier@example.org"), "{agent}");
    assert!(!asked[0].headers.contains_key("x-evil"));
}

#[test]
fn a_service_may_describe_itself() {
    let server = Server::start();
    let service = Service::typed("", &format!("{}/described", server.address)).unwrap();
    let source = OnlineSource::open(&service, &gate(), None).unwrap();
    assert_eq!(source.info().zooms, [3, 12]);
    assert_eq!(source.tile(TileId { zoom: 12, x: 2_097, y: 1_374 }).unwrap(), Some(png()));
    assert_eq!(source.tile(TILE), Ok(None), "deeper than it goes nothing is asked");
    let wrong = Service::typed("", &format!("{}/page", server.address)).unwrap();
    assert_eq!(OnlineSource::open(&wrong, &gate(), None).unwrap_err(), OnlineError::NoTile);
}

/// A view of a site on the canal, and the layers in it.
fn see(maps: &mut Maps<[u32; 2]>, layers: &[MapLayer], services: &[Service], seconds: u64) -> usize {
    let frame = Arc::new(Frame::new(4.3476, 50.8655).unwrap());
    let view = MapView {
        frame: &frame,
        bounds: view(),
        px_per_m: 1.0,
        density: 1.0,
        theme: Theme::Paper,
        look: MapLook::Quiet,
        strength: 1.0,
        names: Some(Lang::En),
        clear_of: &[],
        services,
        written: 0,
        now: Duration::from_secs(seconds),
    };
    maps.see(layers, &view, &mut |pixels: Pixels| pixels.size).pieces.len()
}

fn view() -> Bounds {
    Bounds { min: point(-400.0, -300.0), max: point(400.0, 300.0) }
}

#[test]
fn offline_nothing_leaves_and_online_only_what_is_in_view() {
    let server = Server::start();
    let service = server.service("fresh");
    let layers = [MapLayer::new(MapSource::Service(service.id.clone()))];
    let list = [service];
    let gate = gate();
    gate.switch(false);
    let mut maps: Maps<[u32; 2]> = Maps::new(&Services::for_tests(), &gate, None);
    for second in 0..40 {
        assert_eq!(see(&mut maps, &layers, &list, second), 0);
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0, "no connection at all");
    assert!(matches!(&maps.states(&layers)[0].fault, Some(fault) if fault.is_offline()));
    gate.switch(true);
    // What failed is tried again a moment later, and is there in the frame after.
    for second in 100..104 {
        see(&mut maps, &layers, &list, second);
    }
    let pieces = see(&mut maps, &layers, &list, 104);
    let frame = Frame::new(4.3476, 50.8655).unwrap();
    let wanted = tiles_in_view(&frame, view(), 1.0, TileGrid::default());
    assert_eq!(pieces, wanted.len());
    let paths: Vec<String> = wanted.iter().map(|id| format!("/fresh/{}/{}/{}.png", id.zoom, id.x, id.y)).collect();
    let asked = server.asked();
    assert_eq!(asked.len(), wanted.len(), "each once");
    assert!(asked.iter().all(|one| paths.contains(&one.path)));
    assert!(maps.states(&layers)[0].fault.is_none());
}

/// Whatever a server does the map shows paper there, says why at the source, and every frame is there at once.
#[test]
fn a_server_that_misbehaves_costs_its_map_alone() {
    let server = Server::start();
    for way in ["refused", "broken", "page", "cut", "circle", "long"] {
        let services = [server.service(way), server.service("fresh")];
        let layers: Vec<MapLayer> =
            services.iter().map(|service| MapLayer::new(MapSource::Service(service.id.clone()))).collect();
        let mut maps: Maps<[u32; 2]> = Maps::new(&Services::for_tests(), &gate(), None);
        see(&mut maps, &layers, &services, 0);
        let pieces = see(&mut maps, &layers, &services, 1);
        let pieces = pieces.max(see(&mut maps, &layers, &services, 2));
        assert!(pieces > 0, "{way}: the other map is there");
        let states = maps.states(&layers);
        assert!(states[0].fault.is_some(), "{way}");
        assert!(states[1].fault.is_none());
        if way == "cut" {
            assert!(matches!(states[0].fault, Some(MapFault::Online(OnlineError::NoTile))));
        }
        let count = server.asked().iter().filter(|one| one.path.starts_with(&format!("/{way}/"))).count();
        see(&mut maps, &layers, &services, 3);
        let again = server.asked().iter().filter(|one| one.path.starts_with(&format!("/{way}/"))).count();
        assert_eq!(count, again, "{way}: it is not asked again at once");
    }
}

/// Three at once, a rest when the server asks for one, what has come is not asked for again, one file in the end; and
/// nothing where the terms do not allow it.
#[test]
fn an_area_is_kept_where_that_is_allowed_within_the_stated_bounds() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(TileCache::new(folder.path().join("tiles")));
    let allowed = Service { may_prefetch: true, min_zoom: 8, max_zoom: 16, ..server.service("busy") };
    let open = |service: &Service| OnlineSource::open(service, &gate(), Some(Arc::clone(&cache))).unwrap();
    let source = open(&allowed);
    let plan = KeepPlan::new(source.info(), [4.33, 50.855, 4.36, 50.875]);
    assert!(plan.is_allowed() && plan.tiles.len() > 20, "{}", plan.tiles.len());
    // Called off after a few.
    let (done, goes_on) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let count = || {
        done.fetch_add(1, Ordering::SeqCst);
    };
    let some = || goes_on.fetch_add(1, Ordering::SeqCst) < 12;
    let watch = Watch { goes_on: &some, done: &count };
    assert_eq!(keep(&source, &plan, "Area", watch), Err(KeepError::CalledOff));
    let before = server.asked().len();
    assert!(before < plan.tiles.len());
    // Once more: it goes on from there.
    std::thread::sleep(Duration::from_millis(1_100));
    let watch = Watch { goes_on: &|| true, done: &count };
    let bytes = keep(&open(&allowed), &plan, "Area", watch).unwrap();
    let asked = server.asked().len();
    assert!(
        asked <= plan.tiles.len() + 4,
        "{asked} for {} tiles: what was there is not asked for again",
        plan.tiles.len()
    );
    assert!(MOST_AT_ONCE.load(Ordering::SeqCst) <= 3);
    assert!(TOLD_BUSY.load(Ordering::SeqCst) > 0, "it was told to wait, and went on after that");
    let path = folder.path().join("area.pmtiles");
    std::fs::write(&path, bytes).unwrap();
    let archive = Archive::open(&path).unwrap();
    assert_eq!((archive.info().kind, archive.tiles().unwrap().len()), (TileKind::Raster, plan.tiles.len()));
    assert_eq!(archive.tile(plan.tiles[0]).unwrap(), Some(png()));
    // A service that does not allow it is not even asked.
    let forbidden = Service { may_prefetch: false, ..server.service("fresh") };
    let before = server.asked().len();
    assert_eq!(keep(&open(&forbidden), &plan, "Area", watch), Err(KeepError::NotAllowed));
    assert_eq!(server.asked().len(), before);
    let wide = KeepPlan::new(source.info(), [2.5, 49.5, 6.0, 51.5]);
    assert!(!wide.is_allowed(), "a country is too much");
}
